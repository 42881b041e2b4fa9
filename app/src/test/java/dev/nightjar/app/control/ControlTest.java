package dev.nightjar.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ControlTest {
    @TempDir
    Path place;

    private static void answer(JsonObject request, ControlHandler.Reply reply) throws IOException {
        for (int i = 0; i < request.number("parts", 0); i++) {
            reply.send(JsonObject.message("part").put("i", i).put("more", true));
        }
        reply.send(JsonObject.message("end"));
    }

    @Test
    void answersEveryQuestionOfAConnection() throws IOException {
        Path socket = place.resolve("control.sock");
        try (ControlServer _ = ControlServer.listen(socket, ControlTest::answer)) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(socket)))
                    .isEqualTo("rw-------");
            try (ControlClient client = ControlClient.connect(socket).orElseThrow()) {
                List<JsonObject> parts = new ArrayList<>();
                assertThat(client.ask(new JsonObject().put("parts", 3), parts::add).type()).isEqualTo("end");
                assertThat(parts).hasSize(3);
                assertThat(client.ask(new JsonObject()).type()).isEqualTo("end");
            }
        }
        assertThat(socket).doesNotExist();
    }

    @Test
    void worksInADirectoryWithAPathTooLongForASocket() throws IOException {
        Path deep = Files.createDirectories(place.resolve("x".repeat(100)).resolve("y".repeat(100)));
        Path socket = deep.resolve("control.sock");
        try (ControlServer _ = ControlServer.listen(socket, ControlTest::answer);
                ControlClient client = ControlClient.connect(socket).orElseThrow()) {
            assertThat(client.ask(new JsonObject()).type()).isEqualTo("end");
        }
    }

    @Test
    void aSocketLeftBehindIsNobody() throws IOException {
        Path socket = place.resolve("control.sock");
        ServerSocketChannel dead = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        dead.bind(UnixDomainSocketAddress.of(socket));
        dead.close();
        assertThat(socket).exists();
        assertThat(ControlClient.connect(socket)).isEmpty();
        try (ControlServer _ = ControlServer.listen(socket, ControlTest::answer)) {
            assertThat(ControlClient.connect(socket)).isPresent();
        }
    }
}

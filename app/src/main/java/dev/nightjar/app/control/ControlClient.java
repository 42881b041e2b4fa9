package dev.nightjar.app.control;

import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Asks the process that watches a job. */
public final class ControlClient implements AutoCloseable {
    private final Lines lines;

    private ControlClient(Lines lines) {
        this.lines = lines;
    }

    /** Connects; empty if no process watches the job, a socket left behind by a dead one included. */
    public static Optional<ControlClient> connect(Path socket) throws IOException {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try (SocketAddress address = SocketAddress.of(socket)) {
            channel.connect(address.address());
            return Optional.of(new ControlClient(new Lines(channel)));
        } catch (IOException e) {
            channel.close();
            if (Files.isWritable(socket)) {
                return Optional.empty(); // refused: nobody listens
            }
            throw e;
        }
    }

    /**
     * Asks, and waits for the whole answer.
     *
     * @param part is given each object before the last
     * @return the last object
     * @throws IOException if the watcher ended meanwhile
     */
    public JsonObject ask(JsonObject request, Consumer<JsonObject> part) throws IOException {
        lines.write(request);
        while (true) {
            JsonObject answer = lines.read();
            if (answer == null) {
                throw new IOException("the process that watches this job ended meanwhile");
            }
            if (!answer.flag("more")) {
                return answer;
            }
            part.accept(answer);
        }
    }

    /** Asks for something that is answered by a single object. */
    public JsonObject ask(JsonObject request) throws IOException {
        return ask(request, _ -> {});
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }
}

package dev.nightjar.app.control;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The address of a socket whose path may be too long for one: {@code sun_path} holds 108 bytes with its NUL (unix(7)),
 * so a longer path is reached through a symbolic link in a short private directory, which is removed on closing.
 */
final class SocketAddress implements AutoCloseable {
    private static final int LIMIT = 107;

    private final UnixDomainSocketAddress address;
    private final @Nullable Path link;

    private SocketAddress(UnixDomainSocketAddress address, @Nullable Path link) {
        this.address = address;
        this.link = link;
    }

    static SocketAddress of(Path socket) throws IOException {
        if (socket.toString().getBytes(StandardCharsets.UTF_8).length <= LIMIT) {
            return new SocketAddress(UnixDomainSocketAddress.of(socket), null);
        }
        Path place = Files.createTempDirectory(Path.of("/tmp"), "nightjar");
        Path link = Files.createSymbolicLink(
                place.resolve("j"), socket.toAbsolutePath().getParent());
        return new SocketAddress(UnixDomainSocketAddress.of(link.resolve(socket.getFileName())), link);
    }

    UnixDomainSocketAddress address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        if (link != null) {
            Files.deleteIfExists(link);
            Files.deleteIfExists(link.getParent());
        }
    }
}

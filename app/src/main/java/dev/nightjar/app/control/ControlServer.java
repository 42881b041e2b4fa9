package dev.nightjar.app.control;

import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Listens on a job's control socket until it is closed. */
public final class ControlServer implements AutoCloseable {
    private static final int CONNECTIONS = 16;

    private final ServerSocketChannel server;
    private final Path socket;
    private final ControlHandler handler;
    private final Semaphore free = new Semaphore(CONNECTIONS);
    private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

    private ControlServer(ServerSocketChannel server, Path socket, ControlHandler handler) {
        this.server = server;
        this.socket = socket;
        this.handler = handler;
    }

    /**
     * Listens from now on. The caller owns the job (its catalog is locked), so a socket that is there already is of a
     * process that is gone, and is replaced.
     */
    public static ControlServer listen(Path socket, ControlHandler handler) throws IOException {
        Files.deleteIfExists(socket);
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        try (SocketAddress address = SocketAddress.of(socket)) {
            server.bind(address.address());
            Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            server.close();
            throw e;
        }
        ControlServer control = new ControlServer(server, socket, handler);
        Thread.ofPlatform().daemon().name("control").start(control::accept);
        return control;
    }

    private void accept() {
        try {
            while (true) {
                SocketChannel connection = server.accept();
                if (!free.tryAcquire()) {
                    connection.close(); // the asker is told by the end of the connection
                    continue;
                }
                open.add(connection);
                Thread.ofPlatform().daemon().name("control-connection").start(() -> serve(connection));
            }
        } catch (ClosedChannelException _) {
            // We were closed.
        } catch (IOException _) {
            // No more connections can be had; the job itself goes on.
        }
    }

    private void serve(SocketChannel connection) {
        try (Lines lines = new Lines(connection)) {
            for (JsonObject request = lines.read(); request != null; request = lines.read()) {
                handler.answer(request, lines::write);
            }
        } catch (IOException _) {
            // The asker has gone.
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(connection);
            free.release();
        }
    }

    /** Ends all connections and removes the socket. */
    @Override
    public void close() throws IOException {
        server.close();
        Files.deleteIfExists(socket);
        for (SocketChannel connection : open) {
            connection.close();
        }
    }
}

package dev.nightjar.app.control;

import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.RawText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** A connection as lines of JSON. For one thread. */
final class Lines implements AutoCloseable {
    private static final int LIMIT = 1024 * 1024;

    private final SocketChannel channel;
    private final ByteBuffer buffer = ByteBuffer.allocate(16 * 1024).limit(0);

    Lines(SocketChannel channel) {
        this.channel = channel;
    }

    void write(JsonObject object) throws IOException {
        ByteBuffer line = ByteBuffer.wrap(RawText.encode(object + "\n"));
        while (line.hasRemaining()) {
            channel.write(line);
        }
    }

    /** The next object; null at the end. */
    @Nullable
    JsonObject read() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (!buffer.hasRemaining()) {
                buffer.clear();
                int count = channel.read(buffer);
                buffer.flip();
                if (count < 0) {
                    return null;
                }
                continue;
            }
            byte b = buffer.get();
            if (b == '\n') {
                return parse(line);
            }
            if (line.size() == LIMIT) {
                throw new IOException("a line on the control socket is too long");
            }
            line.write(b);
        }
    }

    private static JsonObject parse(ByteArrayOutputStream line) throws IOException {
        try {
            return JsonObject.parse(RawText.decode(line.toByteArray()));
        } catch (JacksonException e) {
            throw new IOException("a line on the control socket is not JSON", e);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}

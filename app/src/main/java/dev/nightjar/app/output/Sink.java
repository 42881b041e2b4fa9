package dev.nightjar.app.output;

import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One of the process's output streams. When its reader has gone (a closed pipe) further output is dropped without a
 * word; any other failure is kept, to be reported at the end. Safe for use by several threads.
 */
final class Sink {
    private final OutputStream stream;
    private boolean closed;
    private @Nullable IOException failure;

    Sink(OutputStream stream) {
        this.stream = stream;
    }

    synchronized void write(byte[] bytes) {
        if (closed) {
            return;
        }
        try {
            stream.write(bytes);
        } catch (IOException e) {
            failed(e);
        }
    }

    synchronized void flush() {
        if (closed) {
            return;
        }
        try {
            stream.flush();
        } catch (IOException e) {
            failed(e);
        }
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** What made output impossible, unless its reader has just gone. */
    synchronized @Nullable IOException failure() {
        return failure;
    }

    private void failed(IOException e) {
        closed = true;
        String message = e.getMessage();
        if (message == null || !message.contains("Broken pipe")) {
            failure = e;
        }
    }
}

package dev.nightjar.repository;

import java.io.IOException;

/** Bytes of an open file, in order. Used by one thread at a time. */
public interface ByteSource extends AutoCloseable {
    /** Reads up to {@code length} bytes into {@code buffer}; returns how many, or -1 at the end. */
    int read(byte[] buffer, int offset, int length) throws IOException;

    /** Closes the file; a failure here fails the file, so that a check of what was read may be made here. */
    @Override
    void close() throws IOException;
}

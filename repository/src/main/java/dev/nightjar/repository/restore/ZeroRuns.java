package dev.nightjar.repository.restore;

import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.OpenFile;
import java.util.Arrays;

/** Writes content so that long runs of zeros take no space: nothing is written there. */
final class ZeroRuns {

    /** Only whole blocks of this size, aligned in the file, become holes. */
    static final int BLOCK = 64 * 1024;

    private static final byte[] ZEROS = new byte[BLOCK];

    private ZeroRuns() {}

    /** Writes what is not a hole of the first {@code length} bytes; returns how many that was. */
    static int write(OpenFile file, byte[] content, int length, long position) throws LinuxException {
        int written = 0;
        int from = 0;
        int at = (int) Math.min(length, Math.floorMod(-position, (long) BLOCK));
        for (; length - at >= BLOCK; at += BLOCK) {
            if (content[at] == 0 && Arrays.equals(content, at, at + BLOCK, ZEROS, 0, BLOCK)) {
                if (at > from) {
                    file.pwrite(content, from, at - from, position + from);
                    written += at - from;
                }
                from = at + BLOCK;
            }
        }
        if (length > from) {
            file.pwrite(content, from, length - from, position + from);
            written += length - from;
        }
        return written;
    }
}

package dev.nightjar.repository.look;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Which blobs two trees refer to, in 50 to 100 bytes for each: half of an id, which nothing but chance could make equal for
 * two, the blob's size, and who refers to it.
 */
final class BlobTally {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int BEFORE = 1;
    private static final int AFTER = 2;
    private static final int TREE = 4;

    private final Repository repository;
    private long[] keys = new long[2 * 1024];
    private int[] sizes = new int[1024];
    private byte[] marks = new byte[1024];
    private int count;

    BlobTally(Repository repository) {
        this.repository = repository;
    }

    /** Blobs of one side alone: how many, and how many bytes they have, before compression. */
    record Sum(long data, long trees, long bytes) {}

    /** The tree before (or after) refers to this blob. */
    void mark(boolean before, BlobType type, Id id) {
        if (2 * ++count > marks.length) {
            grow();
        }
        byte[] bytes = id.bytes();
        int at = slot((long) LONG.get(bytes, 0), (long) LONG.get(bytes, 8));
        if (marks[at] == 0) {
            PackLocation location = repository.locate(type, id);
            sizes[at] = location == null ? 0 : location.size();
        } else {
            count--;
        }
        marks[at] |= (byte) ((before ? BEFORE : AFTER) | (type == BlobType.TREE ? TREE : 0));
    }

    /** The blobs that only the tree before (or after) refers to. */
    Sum only(boolean before) {
        long data = 0;
        long trees = 0;
        long bytes = 0;
        for (int i = 0; i < marks.length; i++) {
            if ((marks[i] & (BEFORE | AFTER)) == (before ? BEFORE : AFTER)) {
                boolean tree = (marks[i] & TREE) != 0;
                trees += tree ? 1 : 0;
                data += tree ? 0 : 1;
                bytes += sizes[i];
            }
        }
        return new Sum(data, trees, bytes);
    }

    private int slot(long high, long low) {
        int mask = marks.length - 1;
        int at = (int) (low ^ low >>> 32) & mask;
        while (marks[at] != 0 && (keys[2 * at] != high || keys[2 * at + 1] != low)) {
            at = (at + 1) & mask;
        }
        keys[2 * at] = high;
        keys[2 * at + 1] = low;
        return at;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldSizes = sizes;
        byte[] oldMarks = marks;
        int length = Math.multiplyExact(marks.length, 2);
        keys = new long[Math.multiplyExact(length, 2)];
        sizes = new int[length];
        marks = new byte[length];
        for (int i = 0; i < oldMarks.length; i++) {
            if (oldMarks[i] != 0) {
                int at = slot(oldKeys[2 * i], oldKeys[2 * i + 1]);
                sizes[at] = oldSizes[i];
                marks[at] = oldMarks[i];
            }
        }
    }
}

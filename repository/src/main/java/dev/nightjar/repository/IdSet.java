package dev.nightjar.repository;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A set of ids in little space: half of each id's bytes, which nothing but chance could make equal for two (2^-64 for 2^32
 * ids). 32 to 64 bytes for each. Thread-safe. For packages of this module.
 */
public final class IdSet {

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private long[] slots = new long[2 * 1024];
    private int size;

    /** Adds the id; false if it was there. */
    public synchronized boolean add(Id id) {
        byte[] bytes = id.bytes();
        long high = (long) LONG.get(bytes, 0);
        long low = (long) LONG.get(bytes, 8);
        // The pair of zeros marks a free slot.
        low = (high | low) == 0 ? 1 : low;
        if (4L * ++size > slots.length) {
            grow();
        }
        boolean added = put(slots, high, low);
        size -= added ? 0 : 1;
        return added;
    }

    /** Whether the id was added. */
    public synchronized boolean contains(Id id) {
        byte[] bytes = id.bytes();
        long high = (long) LONG.get(bytes, 0);
        long low = (long) LONG.get(bytes, 8);
        low = (high | low) == 0 ? 1 : low;
        int mask = slots.length / 2 - 1;
        int at = (int) (low ^ low >>> 32) & mask;
        while ((slots[2 * at] | slots[2 * at + 1]) != 0) {
            if (slots[2 * at] == high && slots[2 * at + 1] == low) {
                return true;
            }
            at = (at + 1) & mask;
        }
        return false;
    }

    /** How many different ids were added. */
    public synchronized int size() {
        return size;
    }

    private static boolean put(long[] slots, long high, long low) {
        int mask = slots.length / 2 - 1;
        int at = (int) (low ^ low >>> 32) & mask;
        while ((slots[2 * at] | slots[2 * at + 1]) != 0) {
            if (slots[2 * at] == high && slots[2 * at + 1] == low) {
                return false;
            }
            at = (at + 1) & mask;
        }
        slots[2 * at] = high;
        slots[2 * at + 1] = low;
        return true;
    }

    private void grow() {
        long[] larger = new long[Math.multiplyExact(slots.length, 2)];
        for (int i = 0; i < slots.length; i += 2) {
            if ((slots[i] | slots[i + 1]) != 0) {
                put(larger, slots[i], slots[i + 1]);
            }
        }
        slots = larger;
    }
}

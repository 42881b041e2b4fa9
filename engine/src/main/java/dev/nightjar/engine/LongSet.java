package dev.nightjar.engine;

import java.util.Arrays;

/** A set of positive longs that costs 8 to 16 bytes a member. Not safe for use by several threads. */
final class LongSet {
    private long[] slots;
    private int size;

    LongSet() {
        slots = new long[64];
    }

    /** Adds a member; whether it was not there before. */
    boolean add(long member) {
        if (member <= 0) {
            throw new IllegalArgumentException("not a positive number: " + member);
        }
        if ((size + 1) * 3L > slots.length * 2L) {
            grow();
        }
        int slot = find(slots, member);
        if (slots[slot] == member) {
            return false;
        }
        slots[slot] = member;
        size++;
        return true;
    }

    boolean contains(long member) {
        return member > 0 && slots[find(slots, member)] == member;
    }

    int size() {
        return size;
    }

    /** The members, ascending. */
    long[] sorted() {
        long[] members = new long[size];
        int at = 0;
        for (long slot : slots) {
            if (slot != 0) {
                members[at++] = slot;
            }
        }
        Arrays.sort(members);
        return members;
    }

    private void grow() {
        long[] larger = new long[slots.length * 2];
        for (long member : slots) {
            if (member != 0) {
                larger[find(larger, member)] = member;
            }
        }
        slots = larger;
    }

    /** The slot of a member, or the free one where it belongs. */
    private static int find(long[] slots, long member) {
        long hash = member * 0x9E3779B97F4A7C15L;
        int slot = (int) (hash >>> 32) & (slots.length - 1);
        while (slots[slot] != 0 && slots[slot] != member) {
            slot = (slot + 1) & (slots.length - 1);
        }
        return slot;
    }
}

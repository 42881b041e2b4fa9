package dev.nightjar.feed.capture;

/** From positive numbers to positive numbers, without objects; 0 is nothing. */
final class LongMap {
    private long[] table = new long[32]; // pairs of key and value
    private int used; // keys, those whose value was taken away included
    private int live;

    long get(long key) {
        return table[slot(table, key) + 1];
    }

    void put(long key, long value) {
        int slot = slot(table, key);
        if (table[slot] == 0) {
            if (++used * 2 > table.length / 2) {
                grow();
                slot = slot(table, key);
                used++;
            }
            table[slot] = key;
        }
        live += (table[slot + 1] == 0 ? 1 : 0) - (value == 0 ? 1 : 0);
        table[slot + 1] = value;
    }

    void remove(long key) {
        int slot = slot(table, key);
        live -= table[slot + 1] == 0 ? 0 : 1;
        table[slot + 1] = 0;
    }

    int size() {
        return live;
    }

    private void grow() {
        int length = 32;
        while (length < (live + 1) * 8) {
            length *= 2;
        }
        long[] old = table;
        long[] bigger = new long[length];
        used = 0;
        for (int i = 0; i < old.length; i += 2) {
            if (old[i + 1] != 0) {
                int slot = slot(bigger, old[i]);
                bigger[slot] = old[i];
                bigger[slot + 1] = old[i + 1];
                used++;
            }
        }
        table = bigger;
    }

    private static int slot(long[] table, long key) {
        int mask = table.length / 2 - 1;
        long hash = key * 0x9E3779B97F4A7C15L;
        int at = (int) (hash >>> 32) & mask;
        while (table[2 * at] != 0 && table[2 * at] != key) {
            at = (at + 1) & mask;
        }
        return 2 * at;
    }
}

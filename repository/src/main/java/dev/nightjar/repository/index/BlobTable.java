package dev.nightjar.repository.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * A hash table of blobs off the heap: 48 bytes an entry, in the order of arrival, and a table of 8-byte slots (a tag of
 * the id, and the entry's number) searched by open addressing. Entries are only added and changed, never removed. Not
 * thread-safe.
 */
final class BlobTable implements AutoCloseable {
    static final long NONE = -1;

    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.nativeOrder());
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.nativeOrder());
    private static final int ENTRY = 48;
    private static final int REGION_SHIFT = 14;
    private static final int REGION = 1 << REGION_SHIFT;
    private static final long FEWEST_SLOTS = 1 << 13;
    private static final String ENTRIES = "entries";

    private final Memory memory;
    private final Arena arena = Arena.ofShared();
    private final List<MemorySegment> regions = new ArrayList<>();
    private Arena slotArena = Arena.ofShared();
    private MemorySegment slots;
    private long capacity;
    private long count;

    private BlobTable(Memory memory, long capacity, long count) throws IOException {
        this.memory = memory;
        this.capacity = capacity;
        this.count = count;
        this.slots = memory.region(slotsName(capacity), 0, capacity * Long.BYTES, slotArena);
    }

    /** A new, empty table. */
    static BlobTable create(Memory memory) throws IOException {
        memory.remove(ENTRIES);
        memory.remove(slotsName(FEWEST_SLOTS));
        return new BlobTable(memory, FEWEST_SLOTS, 0);
    }

    /** The table that was saved here with these numbers. */
    static BlobTable open(Memory memory, long capacity, long count) throws IOException {
        if (Long.bitCount(capacity) != 1
                || capacity < FEWEST_SLOTS
                || count < 0
                || count > capacity
                || memory.size(slotsName(capacity)) != capacity * Long.BYTES
                || memory.size(ENTRIES) < count * ENTRY) {
            throw new IOException("the files of the table do not fit together");
        }
        BlobTable table = new BlobTable(memory, capacity, count);
        for (long first = 0; first < count; first += REGION) {
            table.addRegion();
        }
        return table;
    }

    private static String slotsName(long capacity) {
        return "slots-" + capacity;
    }

    long count() {
        return count;
    }

    long capacity() {
        return capacity;
    }

    /** The number of the entry with this id, of a tree or not; or {@link #NONE}. */
    long find(long a, long b, long c, long d, boolean tree) {
        long mask = capacity - 1;
        long tag = b << 32;
        for (long slot = hash(a, tree) & mask; ; slot = (slot + 1) & mask) {
            long value = slots.getAtIndex(LONG, slot);
            if (value == 0) {
                return NONE;
            }
            if ((value & 0xffffffff_00000000L) == tag) {
                long entry = (value & 0xffffffffL) - 1;
                if (matches(entry, a, b, c, d, tree)) {
                    return entry;
                }
            }
        }
    }

    private boolean matches(long entry, long a, long b, long c, long d, boolean tree) {
        if (entry >= count) {
            return false;
        }
        MemorySegment region = regions.get((int) (entry >>> REGION_SHIFT));
        long at = (entry & (REGION - 1)) * ENTRY;
        return region.get(LONG, at) == a
                && region.get(LONG, at + 8) == b
                && region.get(LONG, at + 16) == c
                && region.get(LONG, at + 24) == d
                && isTree(region.get(INT, at + 32)) == tree;
    }

    /** Adds an entry that is not there yet; returns its number. {@code pack} has the marks of {@link #mark}. */
    long add(long a, long b, long c, long d, int pack, int offset, int length, int rawLength) throws IOException {
        if ((count + 1) * 4 > capacity * 3) {
            grow();
        }
        if (count == (long) regions.size() << REGION_SHIFT) {
            addRegion();
        }
        long entry = count++;
        MemorySegment region = regions.get((int) (entry >>> REGION_SHIFT));
        long at = (entry & (REGION - 1)) * ENTRY;
        region.set(LONG, at, a);
        region.set(LONG, at + 8, b);
        region.set(LONG, at + 16, c);
        region.set(LONG, at + 24, d);
        set(entry, pack, offset, length, rawLength);
        insert(entry, a, b, isTree(pack));
        return entry;
    }

    /** Changes where an entry's blob lies. */
    void set(long entry, int pack, int offset, int length, int rawLength) {
        MemorySegment region = regions.get((int) (entry >>> REGION_SHIFT));
        long at = (entry & (REGION - 1)) * ENTRY;
        region.set(INT, at + 32, pack);
        region.set(INT, at + 36, offset);
        region.set(INT, at + 40, length);
        region.set(INT, at + 44, rawLength);
    }

    /** The entry's {@code index}-th word of the id, 0 to 3. */
    long word(long entry, int index) {
        return regions.get((int) (entry >>> REGION_SHIFT)).get(LONG, (entry & (REGION - 1)) * ENTRY + 8L * index);
    }

    /** The pack with its marks, the offset, the length and the raw length: {@code index} 0 to 3. */
    int number(long entry, int index) {
        return regions.get((int) (entry >>> REGION_SHIFT)).get(INT, (entry & (REGION - 1)) * ENTRY + 32 + 4L * index);
    }

    /** A pack number with marks: whether the blob is a tree, and whether the pack is condemned. */
    static int mark(int pack, boolean tree, boolean condemned) {
        return pack | (tree ? 1 << 31 : 0) | (condemned ? 1 << 30 : 0);
    }

    static int pack(int marked) {
        return marked & 0x3fffffff;
    }

    static boolean isTree(int marked) {
        return marked < 0;
    }

    static boolean isCondemned(int marked) {
        return (marked & (1 << 30)) != 0;
    }

    private static long hash(long a, boolean tree) {
        return tree ? Long.rotateLeft(a, 17) : a;
    }

    private void insert(long entry, long a, long b, boolean tree) {
        long mask = capacity - 1;
        long slot = hash(a, tree) & mask;
        while (slots.getAtIndex(LONG, slot) != 0) {
            slot = (slot + 1) & mask;
        }
        slots.setAtIndex(LONG, slot, (b << 32) | (entry + 1));
    }

    @SuppressWarnings("MustBeClosedChecker") // closed with the table, or when outgrown
    private void grow() throws IOException {
        long larger = capacity * 2;
        if (larger > 1L << 32) {
            throw new IOException("more blobs than a table can hold");
        }
        memory.remove(slotsName(larger));
        Arena largerArena = Arena.ofShared();
        MemorySegment largerSlots;
        try {
            largerSlots = memory.region(slotsName(larger), 0, larger * Long.BYTES, largerArena);
        } catch (IOException e) {
            largerArena.close();
            throw e;
        }
        slotArena.close();
        memory.remove(slotsName(capacity));
        slotArena = largerArena;
        slots = largerSlots;
        capacity = larger;
        for (long entry = 0; entry < count; entry++) {
            insert(entry, word(entry, 0), word(entry, 1), isTree(number(entry, 0)));
        }
    }

    private void addRegion() throws IOException {
        long size = (long) REGION * ENTRY;
        regions.add(memory.region(ENTRIES, regions.size() * size, size, arena));
    }

    /** Writes what is mapped to the files. */
    void force() {
        for (MemorySegment region : regions) {
            region.force();
        }
        slots.force();
    }

    @Override
    public void close() {
        arena.close();
        slotArena.close();
    }
}

package dev.nightjar.repository.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobTableTest {
    @TempDir
    Path directory;

    @Test
    void findsWhatWasAddedThroughManyGrowths() throws Exception {
        for (Memory memory : new Memory[] {Memory.plain(), Memory.files(directory)}) {
            try (BlobTable table = BlobTable.create(memory)) {
                fill(table, 100_000);
                check(table, 100_000);
                assertThat(table.count()).isEqualTo(100_000);
            }
        }
    }

    @Test
    void isThereAgainWhenOpened() throws Exception {
        long capacity;
        try (BlobTable table = BlobTable.create(Memory.files(directory))) {
            fill(table, 20_000);
            capacity = table.capacity();
            table.force();
        }
        try (BlobTable table = BlobTable.open(Memory.files(directory), capacity, 20_000)) {
            check(table, 20_000);
        }
        assertThatThrownBy(() -> BlobTable.open(Memory.files(directory), capacity * 2, 20_000))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> BlobTable.open(Memory.files(directory), capacity, capacity + 1))
                .isInstanceOf(IOException.class);
    }

    private static void fill(BlobTable table, int count) throws IOException {
        Random random = new Random(7);
        for (int i = 0; i < count; i++) {
            long a = random.nextLong();
            long b = random.nextLong();
            table.add(a, b, 1, i, BlobTable.mark(i, i % 3 == 0, i % 5 == 0), i * 2, i * 3, i * 4);
        }
    }

    private static void check(BlobTable table, int count) {
        Random random = new Random(7);
        for (int i = 0; i < count; i++) {
            long a = random.nextLong();
            long b = random.nextLong();
            boolean tree = i % 3 == 0;
            long entry = table.find(a, b, 1, i, tree);
            assertThat(entry).isEqualTo(i);
            int pack = table.number(entry, 0);
            assertThat(BlobTable.pack(pack)).isEqualTo(i);
            assertThat(BlobTable.isTree(pack)).isEqualTo(tree);
            assertThat(BlobTable.isCondemned(pack)).isEqualTo(i % 5 == 0);
            assertThat(table.number(entry, 3)).isEqualTo(i * 4);
            assertThat(table.find(a, b, 1, i, !tree)).isEqualTo(BlobTable.NONE);
            assertThat(table.find(a, b, 2, i, tree)).isEqualTo(BlobTable.NONE);
        }
    }
}

package dev.nightjar.repository.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BlobIndexTest {
    private static final Id REPOSITORY = Id.sha256(new byte[] {1});
    private static final Id PACK = Id.sha256(new byte[] {2});
    private static final Id BLOB = Id.sha256(new byte[] {3});
    private static final Id FILE = Id.sha256(new byte[] {4});
    private static final PackLocation PLACE = new PackLocation(PACK, BlobType.DATA, BLOB, 5, 100, 90);

    @TempDir
    Path directory;

    @Test
    void aBlobIsTakenOnOnce() throws Exception {
        try (BlobIndex index = BlobIndex.open(directory, REPOSITORY)) {
            index.beginCommit();
            assertThat(index.claim(BlobType.DATA, BLOB)).isTrue();
            assertThat(index.claim(BlobType.DATA, BLOB)).isFalse();
            assertThat(index.contains(BlobType.DATA, BLOB)).isTrue();
            assertThat(index.locate(BlobType.DATA, BLOB)).isNull();
            index.beginCommit();
            assertThat(index.contains(BlobType.DATA, BLOB)).isFalse();
            index.claim(BlobType.DATA, BLOB);
            index.committed(FILE, List.of(List.of(PLACE)));
            assertThat(index.locate(BlobType.DATA, BLOB)).isEqualTo(PLACE);
            index.beginCommit();
            assertThat(index.claim(BlobType.DATA, BLOB)).isFalse();
            assertThat(index.packsCountedOn()).containsExactly(PACK);
        }
        try (BlobIndex index = BlobIndex.open(directory, REPOSITORY)) {
            assertThat(index.locate(BlobType.DATA, BLOB)).isEqualTo(PLACE);
            assertThat(index.files()).containsExactly(FILE);
        }
        try (BlobIndex index = BlobIndex.open(directory, PACK)) {
            assertThat(index.count()).as("another repository's").isZero();
        }
    }

    /** rustic's packs_to_delete: may be read, must not be counted on. */
    @Test
    void aCondemnedPackIsReadButNotCountedOn() throws Exception {
        try (BlobIndex index = BlobIndex.open(directory, REPOSITORY)) {
            index.add(PLACE, true);
            assertThat(index.locate(BlobType.DATA, BLOB)).isEqualTo(PLACE);
            assertThat(index.contains(BlobType.DATA, BLOB)).isFalse();
            PackLocation good = new PackLocation(FILE, BlobType.DATA, BLOB, 0, 100, 90);
            index.add(good, false);
            index.add(PLACE, true);
            assertThat(index.locate(BlobType.DATA, BLOB)).isEqualTo(good);
            assertThat(index.contains(BlobType.DATA, BLOB)).isTrue();
        }
    }

    /** A crash between a change and the next saving must leave nothing to be believed. */
    @Test
    void whatWasChangedAndNotSavedIsNotBelieved() throws Exception {
        try (BlobIndex index = BlobIndex.open(directory, REPOSITORY)) {
            index.add(PLACE, false);
            index.save();
            assertThat(directory.resolve("index/state")).exists();
            index.add(new PackLocation(PACK, BlobType.TREE, BLOB, 5, 100, 90), false);
            assertThat(directory.resolve("index/state")).doesNotExist();
        }
    }

    @Test
    void aSecondOneHasAPlaceOfItsOwnAndLeavesNothing() throws Exception {
        try (BlobIndex first = BlobIndex.open(directory, REPOSITORY)) {
            first.add(PLACE, false);
            try (BlobIndex second = BlobIndex.open(directory, REPOSITORY)) {
                assertThat(second.count()).isZero();
                second.add(PLACE, false);
            }
            assertThat(first.count()).isEqualTo(1);
        }
        try (var left = Files.list(directory)) {
            assertThat(left.map(p -> p.getFileName().toString())).containsExactlyInAnyOrder("index", "index.lock");
        }
    }
}

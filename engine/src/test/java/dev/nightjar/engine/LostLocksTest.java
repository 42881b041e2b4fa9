package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockLostException;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.storage.FaultyStorage;
import dev.nightjar.repository.storage.FaultyStorage.Fate;
import dev.nightjar.repository.storage.FaultyStorage.Op;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C14 under a lock that is lost while the snapshot is written: somebody removes it, and prunes what no snapshot needs yet.
 * The commit is made again, three times in all; nothing is announced that is not there.
 */
@SuppressWarnings("NullAway.Init")
final class LostLocksTest {
    @TempDir
    Path base;

    private House house;
    private Id first;
    private LedgerHeader ledger;
    private long cursor;
    private Set<Id> packs = Set.of();
    private int lost;

    @BeforeEach
    void build() throws Exception {
        house = new House(base);
        house.storage(local -> {
            FaultyStorage storage = new FaultyStorage(local);
            storage.plan(StorageException.Kind.OTHER, call -> {
                if (lost > 0 && call.is(Op.WRITE, FileKind.SNAPSHOT)) {
                    lost--;
                    unlockAndPrune(local);
                }
                return Fate.WELL;
            });
            return storage;
        });
        house.write("a", "1");
        first = house.commit().snapshot();
        try (Repository open = house.open()) {
            Set<Id> kept = new HashSet<>();
            open.storage().list(FileKind.DATA, (id, _) -> kept.add(id));
            packs = kept;
        }
        ledger = house.feed().read(reader -> LedgerHeader.read(reader.connection()));
        cursor = house.feed().read(reader -> reader.cursorSequence(Committer.CURSOR));
        house.write("a", "22");
    }

    @AfterEach
    void leave() throws Exception {
        house.close();
    }

    /** Of the packs, those go that were not there when the first snapshot was written. */
    private void unlockAndPrune(Storage storage) {
        try {
            Set<FileName> gone = new HashSet<>();
            storage.list(FileKind.LOCK, (id, _) -> gone.add(new FileName(FileKind.LOCK, id)));
            storage.list(FileKind.DATA, (id, _) -> gone.add(new FileName(FileKind.DATA, id)));
            packs.forEach(id -> gone.remove(new FileName(FileKind.DATA, id)));
            for (FileName name : gone) {
                storage.delete(name);
            }
        } catch (RepositoryException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theSecondTryIsGood() throws Exception {
        lost = 1;
        CommitReport.Committed second = house.commit();
        assertThat(lost).isZero();
        assertThat(second.parent()).isEqualTo(first);
        try (Repository open = house.open()) {
            open.loadIndex();
            assertThat(open.snapshots()).hasSize(2);
            assertThat(house.files(open, second.snapshot())).isEqualTo(house.files());
        }
    }

    @Test
    void afterTheThirdTheCommitFailsAndNothingHasMoved() throws Exception {
        lost = 4;
        int events = house.events.size();
        assertThatThrownBy(house::backup)
                .isInstanceOfSatisfying(
                        LockLostException.class, e -> assertThat(e.advice()).isEqualTo("nothing; it is made again"))
                .hasMessageContaining("is void")
                .hasMessageContaining("packs that we need were removed meanwhile");
        assertThat(lost).as("losses that were left").isEqualTo(1);
        lost = 0;
        assertThat(house.events.subList(events, house.events.size()))
                .noneMatch(event -> event instanceof JobEvent.Committed);
        assertThat(house.snapshots()).isEqualTo(1);
        LedgerHeader now = house.feed().read(reader -> LedgerHeader.read(reader.connection()));
        assertThat(now.snapshot()).isEqualTo(first);
        assertThat(now.roots()).isEqualTo(ledger.roots());
        assertThat(now.committed()).isEqualTo(ledger.committed());
        long cursorNow = house.feed().read(reader -> reader.cursorSequence(Committer.CURSOR));
        assertThat(cursorNow).isEqualTo(cursor);
        CommitReport.Committed next = house.commit();
        assertThat(next.parent()).isEqualTo(first);
        assertThat(house.content(next.snapshot(), "a")).isEqualTo("22");
    }
}

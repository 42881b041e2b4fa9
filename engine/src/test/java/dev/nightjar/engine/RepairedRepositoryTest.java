package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Rewriting;
import dev.nightjar.repository.check.CheckListener;
import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.check.ReadData;
import dev.nightjar.repository.repair.IndexRepair;
import dev.nightjar.repository.repair.PackRepair;
import dev.nightjar.repository.repair.RepairListener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C14b: what a repair took out of the index is uploaded again, though nothing changed at the source. */
@Tag("restic")
class RepairedRepositoryTest {
    @TempDir
    Path base;

    private House house;
    private Id first;

    @BeforeEach
    void build() throws Exception {
        house = new House(base);
        byte[] content = new byte[1_500_000];
        new Random(4).nextBytes(content);
        Files.write(house.source.resolve("unchanged"), content);
        house.write("a/b/small", "small");
        first = house.commit().snapshot();
        house.write("later", "later");
        house.commit();
    }

    @AfterEach
    void leave() throws IOException {
        house.close();
    }

    private Path largestPack() throws IOException {
        try (Stream<Path> files = Files.walk(house.repository.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    private CheckReport check() throws Exception {
        try (Repository repository = house.open()) {
            return new Checker(repository).check(new ReadData.All(), CheckListener.NONE);
        }
    }

    private void allIsThereAgain() throws Exception {
        CommitReport.Committed healed = house.commit();
        assertThat(healed.work().filesRead()).isBetween(1L, 2L);
        assertThat(check().isSound()).isTrue();
        assertThat(house.restic().run("check", "--read-data")).contains("no errors were found");
        Path out = house.scratch("out");
        for (Id snapshot : List.of(first, healed.snapshot())) {
            house.restic().run("restore", snapshot.hex(), "--target", out.toString());
            Path restored = out.resolve(house.source.toString().substring(1));
            assertThat(Files.mismatch(restored.resolve("unchanged"), house.source.resolve("unchanged")))
                    .isEqualTo(-1);
            assertThat(restored.resolve("a/b/small")).hasContent("small");
        }
        assertThat(house.backup()).isInstanceOf(CommitReport.NothingToDo.class);
    }

    @Test
    void aPackThatIsGoneIsUploadedAgain() throws Exception {
        Files.delete(largestPack());
        assertThat(check().isSound()).isFalse();
        try (Repository repository = house.open();
                Rewriting rewriting = Rewriting.begin(repository)) {
            IndexRepair repair = new IndexRepair(repository, RepairListener.NONE);
            IndexRepair.Plan plan = repair.plan(false, Set.of());
            assertThat(plan.gone()).hasSize(1);
            repair.apply(plan, rewriting);
        }
        allIsThereAgain();
    }

    @Test
    void aFlippedBitIsMendedFromTheSource() throws Exception {
        Path pack = largestPack();
        byte[] content = Files.readAllBytes(pack);
        content[content.length / 2] ^= 1;
        assertThat(pack.toFile().setWritable(true)).isTrue();
        Files.write(pack, content);
        house.restart();
        Id id = Id.parse(pack.getFileName().toString());
        try (Repository repository = house.open();
                Rewriting rewriting = Rewriting.begin(repository)) {
            PackRepair.Result result = new PackRepair(repository, RepairListener.NONE).repair(Set.of(id), rewriting);
            assertThat(result.lost()).isEqualTo(1);
            assertThat(result.copied()).isPositive();
        }
        assertThat(pack).doesNotExist();
        allIsThereAgain();
    }

    /** An index file that is gone is no reason to read files: all that the ledger counts on is still there. */
    @Test
    void aPruneReadsNoFile() throws Exception {
        house.restic().run("forget", "--keep-last", "1", "--prune");
        CommitReport report = house.backup();
        assertThat(report).isInstanceOf(CommitReport.NothingToDo.class);
        house.write("new", "new");
        assertThat(house.commit().work().filesRead()).isEqualTo(1);
    }
}

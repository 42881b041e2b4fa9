package dev.nightjar.repository.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.testing.Aspect;
import dev.nightjar.linux.testing.Difference;
import dev.nightjar.linux.testing.TreeComparer;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Restic;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real restic, both ways. */
@Tag("restic")
final class ResticRestoreTest {

    @TempDir
    Path directory;

    @AfterEach
    void removeDeepDirectories() throws Exception {
        new ProcessBuilder(
                        "rm",
                        "-rf",
                        directory.resolve("source").toString(),
                        directory.resolve("out").toString())
                .start()
                .waitFor();
    }

    /** A zoo without what restic 0.14 cannot keep: targets that are not UTF-8, links of links, paths beyond PATH_MAX. */
    private Path makeZoo() throws Exception {
        Path zoo = Files.createDirectories(directory.resolve("source/zoo"));
        try (Directory open = Directory.open(Zoo.path(zoo))) {
            Zoo.make(open);
            open.unlink(Name.of("raw-link"));
            open.unlink(Name.of("link-again"));
            new ProcessBuilder("rm", "-rf", zoo.resolve("d".repeat(200)).toString())
                    .start()
                    .waitFor();
        }
        return zoo;
    }

    private static List<Difference> compare(Path expected, Path actual) throws Exception {
        try (Directory one = Directory.open(Zoo.path(expected));
                Directory other = Directory.open(Zoo.path(actual))) {
            if (one.statOrNull(Name.of("socket")) != null) {
                one.unlink(Name.of("socket"));
            }
            one.setTimes(new Timestamp(1, 0), new Timestamp(1, 0));
            other.setTimes(new Timestamp(1, 0), new Timestamp(1, 0));
            return TreeComparer.compare(one, other, EnumSet.complementOf(EnumSet.of(Aspect.HOLES)));
        }
    }

    // C18, C19
    @Test
    void weRestoreWhatResticSaved() throws Exception {
        Path zoo = makeZoo();
        Restic restic = new Restic(directory.resolve("repo"));
        restic.run("init");
        restic.run("backup", zoo.toString());
        Path out = Files.createDirectory(directory.resolve("out"));
        try (Repository repository = TestRepository.open(directory);
                Directory into = Directory.open(Zoo.path(out))) {
            Snapshot snapshot = repository.snapshots().getFirst();
            repository.loadIndex();
            Id tree = Objects.requireNonNull(TreePaths.findTree(repository, snapshot.tree(), Zoo.path(zoo)));
            RestoreReport report = new Restorer(repository, RestoreOptions.defaults()).restore(tree, into);
            assertThat(report.problems()).isEmpty();
            assertThat(report.kept()).isZero();
        }
        assertThat(compare(zoo, out)).isEmpty();
    }

    // C18: owners, devices, ACLs, capabilities
    @Test
    @Tag("root")
    void bothWaysAsRoot() throws Exception {
        Path zoo = Files.createDirectories(directory.resolve("source/zoo"));
        try (Directory open = Directory.open(Zoo.path(zoo))) {
            Zoo.makeAsRoot(open);
        }
        Restic restic = new Restic(directory.resolve("repo"));
        restic.run("init");
        restic.run("backup", zoo.toString());
        Path ours = Files.createDirectory(directory.resolve("out"));
        Path theirs = directory.resolve("theirs");
        try (Repository repository = TestRepository.open(directory);
                Directory into = Directory.open(Zoo.path(ours))) {
            Snapshot snapshot = repository.snapshots().getFirst();
            repository.loadIndex();
            Id tree = Objects.requireNonNull(TreePaths.findTree(repository, snapshot.tree(), Zoo.path(zoo)));
            assertThat(new Restorer(repository, RestoreOptions.defaults())
                            .restore(tree, into)
                            .problems())
                    .isEmpty();
            Snapshot saved = TestBackup.save(repository, Zoo.path(directory.resolve("source")));
            restic.run("restore", Objects.requireNonNull(saved.id()).hex(), "--target", theirs.toString());
        }
        assertThat(compare(zoo, ours)).isEmpty();
        assertThat(compare(zoo, theirs.resolve("zoo"))).isEmpty();
    }

    @Test
    void resticRestoresWhatWeSaved() throws Exception {
        Path zoo = makeZoo();
        Snapshot snapshot;
        try (Repository repository = TestRepository.init(directory)) {
            snapshot = TestBackup.save(repository, Zoo.path(directory.resolve("source")));
        }
        Restic restic = new Restic(directory.resolve("repo"));
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
        Path out = directory.resolve("out");
        restic.run("restore", Objects.requireNonNull(snapshot.id()).hex(), "--target", out.toString());
        assertThat(compare(zoo, out.resolve("zoo"))).isEmpty();
    }
}

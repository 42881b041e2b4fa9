package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Xattr;
import dev.nightjar.linux.testing.TreeComparer;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.restore.RestoreOptions;
import dev.nightjar.repository.restore.RestoreReport;
import dev.nightjar.repository.restore.Restorer;
import dev.nightjar.repository.restore.TreePaths;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A whole Debian system, as debootstrap installs it from the network: source, our restore and restic's restore are equal,
 * whoever saved it. One system serves all tests of the class; they only read it.
 */
@Tag("root")
@Tag("restic")
@SuppressWarnings("NullAway.Init")
class DebianRootTest {
    private static final int LONGEST_INSTALLATION_MINUTES = 15;

    @TempDir
    private static Path base;

    private static House house;

    /** What makes a root tree more difficult than others. */
    private enum Kind {
        SYMLINK,
        HARD_LINK,
        BLOCK_DEVICE,
        CHARACTER_DEVICE,
        FIFO,
        SETUID,
        SETGID,
        STICKY,
        OWNED_BY_OTHERS
    }

    @BeforeAll
    static void install() throws IOException, InterruptedException {
        house = new House(base);
        Path log = house.scratch("log").resolve("debootstrap");
        // In a mount namespace of its own: what it mounts inside must never be in the way of deleting the tree.
        Process process = new ProcessBuilder(
                        "unshare", "--mount", "debootstrap", "--variant=minbase", "bookworm", house.source.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(LONGEST_INSTALLATION_MINUTES, TimeUnit.MINUTES)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new AssertionError("debootstrap does not end; is the network there?\n" + Files.readString(log));
        }
        assertThat(process.exitValue())
                .as("debootstrap, which needs the network:\n" + Files.readString(log))
                .isZero();
        addWhatPackagesMakeLater();
    }

    /** What a system in use has, and a minimal one has not. */
    private static void addWhatPackagesMakeLater() throws IOException {
        try (Directory top = Directory.open(source());
                Directory devices = top.openDirectory(Name.of("dev"));
                Directory run = top.openDirectory(Name.of("run"));
                Directory usr = top.openDirectory(Name.of("usr"));
                Directory programs = usr.openDirectory(Name.of("bin"))) {
            devices.makeNode(Name.of("sda"), FileType.BLOCK_DEVICE.modeBits() | 0660, 0x800);
            run.makeNode(Name.of("initctl"), FileType.FIFO.modeBits() | 0600, 0);
            // Version 2, effective: CAP_NET_RAW
            byte[] capability = new byte[20];
            capability[0] = 1;
            capability[3] = 2;
            capability[5] = 0x20;
            programs.setXattr(Name.of("perl"), new Xattr("security.capability", capability));
        }
    }

    @AfterAll
    static void leave() throws IOException, InterruptedException {
        house.close();
        // JUnit's own deletion warns of every link that leads out.
        Process remove = new ProcessBuilder("find", base.toString(), "-mindepth", "1", "-delete").start();
        assertThat(remove.waitFor()).isZero();
    }

    /** The kinds that are in a directory, however deep. */
    private static Set<Kind> kinds(Directory directory) throws IOException {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        List<Name> names = new ArrayList<>();
        directory.list((name, _) -> names.add(name));
        for (Name name : names) {
            Stat stat = directory.stat(name);
            kinds.addAll(kinds(stat));
            if (stat.type() == FileType.DIRECTORY) {
                try (Directory deeper = directory.openDirectory(name)) {
                    kinds.addAll(kinds(deeper));
                }
            }
        }
        return kinds;
    }

    private static Set<Kind> kinds(Stat stat) {
        Set<Kind> kinds = EnumSet.noneOf(Kind.class);
        if (stat.gid() != 0) {
            kinds.add(Kind.OWNED_BY_OTHERS);
        }
        switch (stat.type()) {
            case DIRECTORY -> addIf((stat.permissions() & 01000) != 0, Kind.STICKY, kinds);
            case FILE -> {
                addIf((stat.permissions() & 04000) != 0, Kind.SETUID, kinds);
                addIf((stat.permissions() & 02000) != 0, Kind.SETGID, kinds);
                addIf(stat.links() > 1, Kind.HARD_LINK, kinds);
            }
            case SYMLINK -> kinds.add(Kind.SYMLINK);
            case BLOCK_DEVICE -> kinds.add(Kind.BLOCK_DEVICE);
            case CHARACTER_DEVICE -> kinds.add(Kind.CHARACTER_DEVICE);
            case FIFO -> kinds.add(Kind.FIFO);
            case SOCKET -> {}
        }
        return kinds;
    }

    private static void addIf(boolean so, Kind kind, Set<Kind> kinds) {
        if (so) {
            kinds.add(kind);
        }
    }

    private static BytePath source() {
        return BytePath.of(house.source.toString());
    }

    /** Our restore of a snapshot must equal the source. */
    private static void weRestoreTheSource(Repository repository, Id snapshot, Path out) throws IOException {
        repository.loadIndex();
        Node node = Objects.requireNonNull(
                TreePaths.find(repository, repository.snapshot(snapshot).tree(), source()));
        try (Directory into = Directory.open(BytePath.of(out.toString()))) {
            RestoreReport report = new Restorer(repository, RestoreOptions.defaults()).restore(node, into);
            assertThat(report.problems()).isEmpty();
        }
        BytePath restored = BytePath.of(out.resolve("source").toString());
        assertThat(TreeComparer.compare(source(), restored)).isEmpty();
    }

    /** The comparisons are worth as much as what there is to compare. */
    @Test
    void theSystemHasWhatMakesItDifficult() throws Exception {
        try (Directory top = Directory.open(source())) {
            assertThat(kinds(top)).containsExactlyInAnyOrder(Kind.values());
        }
    }

    // C2, C10, C18, C19
    @Test
    void resticAndWeRestoreWhatWeSaved() throws Exception {
        CommitReport.Committed committed = house.commit();
        house.restic().check();
        house.resticFindsNothingNew();
        house.resticRestoresTheSource(committed);
        try (Repository repository = house.open()) {
            weRestoreTheSource(repository, committed.snapshot(), house.scratch("ours"));
        }
    }

    // C18, C19
    @Test
    void weRestoreWhatResticSaved() throws Exception {
        Path theirs = house.scratch("theirs");
        Restic restic = new Restic(theirs.resolve("repo"), base.toRealPath().resolve("password"));
        restic.run("init");
        restic.run("backup", house.source.toString());
        try (Repository repository = TestRepository.open(theirs)) {
            Snapshot saved = repository.snapshots().getFirst();
            weRestoreTheSource(repository, Objects.requireNonNull(saved.id()), house.scratch("ours-of-theirs"));
        }
    }
}

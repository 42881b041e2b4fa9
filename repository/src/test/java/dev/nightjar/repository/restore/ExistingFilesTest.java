package dev.nightjar.repository.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.restore.Problem.Reason;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** C18: what becomes of what is in the destination already: every type beside every type, by every rule. */
final class ExistingFilesTest {
    private static final Timestamp OLDER = new Timestamp(1_000_000, 0);
    private static final Timestamp SAVED = new Timestamp(2_000_000, 0);
    private static final Timestamp NEWER = new Timestamp(3_000_000, 0);
    private static final List<FileType> TYPES =
            List.of(FileType.FILE, FileType.SYMLINK, FileType.FIFO, FileType.SOCKET, FileType.DIRECTORY);

    @TempDir
    Path directory;

    private static Name name(FileType saved, FileType there, Timestamp time) {
        return Name.of(saved + "-over-" + there + (time.equals(NEWER) ? "-newer" : "-older"));
    }

    private static void make(Directory in, Name name, FileType type, String content, Timestamp time)
            throws LinuxException {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        switch (type) {
            case FILE -> {
                try (OpenFile file = in.createFile(name, 0600)) {
                    file.write(bytes, 0, bytes.length);
                }
            }
            case SYMLINK -> in.symlink(name, bytes);
            case DIRECTORY -> {
                in.makeDirectory(name, 0700);
                try (Directory made = in.openDirectory(name)) {
                    make(made, Name.of("in-" + content), FileType.FILE, content, time);
                }
            }
            case FIFO, SOCKET, BLOCK_DEVICE, CHARACTER_DEVICE -> in.makeNode(name, type.modeBits() | 0600, 0);
        }
        in.setTimes(name, time, time);
    }

    /** The content that is there, "saved" or "there", of whatever type; a pipe has none. */
    private static String content(Directory in, Name name) throws Exception {
        Stat stat = in.stat(name);
        return switch (stat.type()) {
            case FILE -> new String(Zoo.read(in, name), StandardCharsets.US_ASCII);
            case SYMLINK -> new String(in.readLink(name), StandardCharsets.US_ASCII);
            case DIRECTORY -> {
                List<String> names = new ArrayList<>();
                try (Directory made = in.openDirectory(name)) {
                    made.list((each, _) -> names.add(each.toString()));
                }
                yield String.join(" ", names.stream().sorted().toList());
            }
            case FIFO, SOCKET, BLOCK_DEVICE, CHARACTER_DEVICE -> stat.mtime().equals(SAVED) ? "saved" : "there";
        };
    }

    @ParameterizedTest
    @EnumSource(Overwrite.class)
    void everyTypeBesideEveryType(Overwrite overwrite) throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path out = Files.createDirectory(directory.resolve("out"));
        try (Repository repository = TestRepository.init(directory);
                Directory from = Directory.open(Zoo.path(source));
                Directory into = Directory.open(Zoo.path(out))) {
            for (FileType saved : TYPES) {
                for (FileType there : TYPES) {
                    for (Timestamp time : List.of(OLDER, NEWER)) {
                        if (saved != FileType.SOCKET) {
                            make(from, name(saved, there, time), saved, "saved", SAVED);
                            make(into, name(saved, there, time), there, "there", time);
                        }
                    }
                }
            }
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(source));
            RestoreOptions options = RestoreOptions.defaults().withOverwrite(overwrite);
            Map<Fate, Long> expected = new EnumMap<>(Fate.class);
            new Restorer(repository, options).preview(snapshot.tree(), into, (path, _, fate) -> {
                if (path.names().size() == 1) {
                    expected.merge(fate, 1L, Long::sum);
                }
                return true;
            });

            RestoreReport report = new Restorer(repository, options).restore(snapshot.tree(), into);

            for (FileType saved : TYPES) {
                for (FileType there : TYPES) {
                    for (Timestamp time : List.of(OLDER, NEWER)) {
                        if (saved != FileType.SOCKET) {
                            check(into, saved, there, time, overwrite);
                        }
                    }
                }
            }
            assertThat(report.stopped()).isNull();
            assertThat(report.problemCounts().keySet()).isSubsetOf(Reason.IN_THE_WAY);
            // The preview has said so.
            assertThat(report.kept()).isEqualTo(expected.getOrDefault(Fate.KEPT, 0L));
        }
    }

    private static void check(Directory into, FileType saved, FileType there, Timestamp time, Overwrite overwrite)
            throws Exception {
        Name name = name(saved, there, time);
        String content = content(into, name);
        FileType type = into.stat(name).type();
        if (saved == FileType.DIRECTORY && there == FileType.DIRECTORY) {
            assertThat(content).as(name.toString()).isEqualTo("in-saved in-there");
            return;
        }
        boolean replaced = there != FileType.DIRECTORY
                && switch (overwrite) {
                    case NEVER -> false;
                    case IF_NEWER -> time.equals(OLDER);
                    case IF_CHANGED, ALWAYS -> true;
                };
        assertThat(type).as(name.toString()).isEqualTo(replaced ? saved : there);
        String saying = saved == FileType.DIRECTORY ? "in-saved" : "saved";
        assertThat(content)
                .as(name.toString())
                .isEqualTo(replaced ? saying : there == FileType.DIRECTORY ? "in-there" : "there");
    }

    @Test
    void oldVersionsStandBesideWhatIsThere() throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        Path out = Files.createDirectory(directory.resolve("out"));
        try (Repository repository = TestRepository.init(directory);
                Directory from = Directory.open(Zoo.path(source));
                Directory into = Directory.open(Zoo.path(out))) {
            for (FileType saved : TYPES) {
                for (FileType there : TYPES) {
                    if (saved != FileType.SOCKET) {
                        make(from, name(saved, there, NEWER), saved, "saved", SAVED);
                        make(into, name(saved, there, NEWER), there, "there", NEWER);
                        // Something has the first name that comes to mind.
                        make(into, Name.of(name(saved, there, NEWER) + " 1"), FileType.FILE, "taken", NEWER);
                    }
                }
            }
            Files.createLink(source.resolve("a-link"), source.resolve(name(FileType.FILE, FileType.FILE, NEWER) + ""));
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(source));
            RestoreOptions options =
                    RestoreOptions.defaults().withOldNames((name, attempt) -> Name.of(name.toString() + " " + attempt));
            for (int run = 0; run < 2; run++) {
                RestoreReport report = new Restorer(repository, options).restore(snapshot.tree(), into);
                assertThat(report.problems()).isEmpty();
                assertThat(report.kept()).isZero();
                for (FileType saved : TYPES) {
                    for (FileType there : TYPES) {
                        if (saved == FileType.SOCKET) {
                            continue;
                        }
                        Name name = name(saved, there, NEWER);
                        boolean same = saved == there && (saved == FileType.FIFO || saved == FileType.DIRECTORY);
                        assertThat(into.stat(name).type()).isEqualTo(there);
                        assertThat(content(into, Name.of(name + " 1"))).isEqualTo("taken");
                        if (!same) {
                            assertThat(content(into, name)).doesNotContain("saved");
                            assertThat(content(into, Name.of(name + " 2"))).endsWith("saved");
                        }
                    }
                }
            }
            Name beside = Name.of(name(FileType.FILE, FileType.FILE, NEWER) + " 2");
            assertThat(into.stat(beside).inode())
                    .isEqualTo(Objects.requireNonNull(into.statOrNull(Name.of("a-link")))
                            .inode());
        }
    }

    @Test
    void whatAKilledRestoreLeftGoesAndWhatALivingOneHasStays() throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        Files.writeString(source.resolve("file"), "x");
        Path out = Files.createDirectory(directory.resolve("out"));
        String left = ".nightjar-tmp-0123456789abcdef-";
        Files.writeString(out.resolve(left + "0"), "half");
        Files.writeString(out.resolve(left + "1"), "under way");
        Files.createSymbolicLink(out.resolve(left + "2"), Path.of("file"));
        Files.writeString(out.resolve(".nightjar-tmp-notes"), "somebody's");
        try (Repository repository = TestRepository.init(directory);
                Directory into = Directory.open(Zoo.path(out));
                OpenFile living = into.openFile(Name.of(left + "1"))) {
            assertThat(living.tryLock()).isTrue();
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(source));
            RestoreReport report = new Restorer(repository, RestoreOptions.defaults()).restore(snapshot.tree(), into);
            assertThat(report.problems()).isEmpty();
        }
        assertThat(out.toFile().list())
                .containsExactlyInAnyOrder("file", left + "1", left + "2", ".nightjar-tmp-notes");
    }
}

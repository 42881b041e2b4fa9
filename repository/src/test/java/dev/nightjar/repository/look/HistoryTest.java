package dev.nightjar.repository.look;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Restic;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.restore.TestBackup;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares and searches histories of random trees; restic and a plain walk know what must come out. */
final class HistoryTest {
    private static final int SNAPSHOTS = 8;
    private static final int STEPS = 12;
    private static final Pattern CHANGE = Pattern.compile("\"path\":\"([^\"]*)\",\"modifier\":\"([^\"]*)\"");

    @TempDir
    Path directory;

    private final Random random = new Random(20_261_124);
    private int written;

    /** Snapshots of a directory that changes at random between them. */
    private List<Snapshot> history(Repository repository) throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        List<Snapshot> history = new ArrayList<>();
        for (int i = 0; i < SNAPSHOTS; i++) {
            for (int step = 0; step < STEPS; step++) {
                change(source);
            }
            history.add(TestBackup.save(repository, BytePath.of(source.toString())));
        }
        return history;
    }

    private void change(Path source) throws IOException {
        List<Path> directories = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        try (var all = Files.walk(source)) {
            all.sorted()
                    .forEach(path ->
                            (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS) ? directories : others).add(path));
        }
        Path parent = directories.get(random.nextInt(directories.size()));
        Path fresh = parent.resolve("n" + random.nextInt(40));
        Path other = others.isEmpty() ? null : others.get(random.nextInt(others.size()));
        boolean free = !Files.exists(fresh, LinkOption.NOFOLLOW_LINKS);
        switch (random.nextInt(9)) {
            case 0, 1, 2 -> {
                if (free) {
                    write(fresh);
                }
            }
            case 3, 4 -> {
                if (free) {
                    write(Files.createDirectory(fresh).resolve("n1"));
                }
            }
            case 5 -> {
                if (other != null) {
                    Files.delete(other);
                }
            }
            case 6 -> {
                if (other != null && Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)) {
                    write(other);
                }
            }
            case 7 -> {
                if (other != null && Files.isRegularFile(other, LinkOption.NOFOLLOW_LINKS)) {
                    if (random.nextBoolean()) {
                        Files.setPosixFilePermissions(
                                other,
                                PosixFilePermissions.fromString(random.nextBoolean() ? "rw-------" : "rwxr-x---"));
                    } else {
                        Files.delete(other);
                        Files.createSymbolicLink(other, Path.of("anywhere"));
                    }
                }
            }
            default -> {
                if (directories.size() > 6) {
                    remove(directories.get(1 + random.nextInt(directories.size() - 1)));
                }
            }
        }
    }

    /** Never twice the same content, so that no blob is used in two places. */
    private void write(Path file) throws IOException {
        Files.writeString(file, "content " + written++);
    }

    private static void remove(Path tree) throws IOException {
        try (var all = Files.walk(tree)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    private static String hex(Snapshot snapshot) {
        return Objects.requireNonNull(snapshot.id()).hex();
    }

    @Tag("restic")
    @Test
    void resticSeesTheSameDifferences() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            List<Snapshot> history = history(repository);
            Restic restic = new Restic(directory.resolve("repo"));
            TreeSet<String> signs = new TreeSet<>();
            for (int i = 1; i < history.size(); i++) {
                Snapshot before = history.get(i - 1);
                Snapshot after = history.get(i);
                for (boolean metadata : new boolean[] {false, true}) {
                    TreeSet<String> ours = new TreeSet<>();
                    DiffReport report = new TreeDiff(
                                    repository,
                                    metadata,
                                    (path, isDirectory, sign) -> ours.add(sign + " " + path + (isDirectory ? "/" : "")))
                            .trees(BytePath.root(), before.tree(), after.tree());
                    String said = metadata
                            ? restic.run("diff", "--json", "--metadata", hex(before), hex(after))
                            : restic.run("diff", "--json", hex(before), hex(after));
                    TreeSet<String> theirs = new TreeSet<>();
                    CHANGE.matcher(said).results().forEach(found -> theirs.add(found.group(2) + " " + found.group(1)));
                    // Where only something below is other, restic says that the directory's metadata is.
                    theirs.removeIf(line -> line.startsWith("U ") && line.endsWith("/") && !ours.contains(line));
                    assertThat(ours).isEqualTo(theirs);
                    assertThat(said).contains(statistics(report));
                    ours.forEach(line -> signs.add(line.substring(0, line.indexOf(' '))));
                }
            }
            assertThat(signs).contains("+", "-", "M", "U", "T");
        }
    }

    private static String statistics(DiffReport report) {
        return "\"changed_files\":" + report.changedFiles() + ",\"added\":" + side(report.added()) + ",\"removed\":"
                + side(report.removed());
    }

    private static String side(DiffReport.Side side) {
        return "{\"files\":" + side.files() + ",\"dirs\":" + side.directories() + ",\"others\":" + side.others()
                + ",\"data_blobs\":" + side.dataBlobs() + ",\"tree_blobs\":" + side.treeBlobs() + ",\"bytes\":"
                + side.bytes() + "}";
    }

    private static final class Heard implements TreeFind.Listener {
        private final List<String> matches = new ArrayList<>();
        private final List<TreeFind.Run> runs = new ArrayList<>();

        @Override
        public void match(Snapshot snapshot, BytePath path, Node node) {
            matches.add(hex(snapshot) + " " + path + " " + node.size() + " " + node.mtime());
        }

        @Override
        public void run(TreeFind.Run run) {
            runs.add(run);
        }
    }

    private static boolean wanted(Node node) {
        return node.name().equals(dev.nightjar.linux.Name.of("n1"));
    }

    @Test
    void aSearchFindsWhatAWalkOfEachSnapshotFinds() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            List<Snapshot> history = history(repository);
            List<String> expected = new ArrayList<>();
            for (Snapshot snapshot : history) {
                walk(repository, snapshot.tree(), BytePath.root(), hex(snapshot), expected);
            }
            Heard heard = new Heard();
            new TreeFind(repository, (_, node) -> wanted(node), heard, 1000).search(history);
            assertThat(heard.matches)
                    .containsExactlyInAnyOrderElementsOf(expected)
                    .hasSizeGreaterThan(SNAPSHOTS);
            List<String> unfolded = new ArrayList<>();
            for (TreeFind.Run run : heard.runs) {
                int first = history.indexOf(run.first());
                assertThat(history.get(first + run.snapshots() - 1)).isEqualTo(run.last());
                for (int i = first; i < first + run.snapshots(); i++) {
                    unfolded.add(hex(history.get(i)) + " " + run.path() + " "
                            + run.node().size() + " " + run.node().mtime());
                }
            }
            assertThat(unfolded).containsExactlyInAnyOrderElementsOf(expected);
            assertThat(heard.runs).hasSizeLessThan(expected.size());
        }
    }

    private static void walk(Repository repository, Id tree, BytePath path, String snapshot, List<String> found)
            throws IOException {
        TreeReader nodes = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
        for (Node node; (node = nodes.next()) != null; ) {
            if (wanted(node)) {
                found.add(snapshot + " " + path.resolve(node.name()) + " " + node.size() + " " + node.mtime());
            }
            if (node.type() == NodeType.DIRECTORY && node.subtree() != null) {
                walk(repository, node.subtree(), path.resolve(node.name()), snapshot, found);
            }
        }
    }

    @Test
    void aTreeIsAskedAboutOnce() throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        for (int i = 0; i < 10; i++) {
            write(Files.createDirectory(source.resolve("d" + i)).resolve(i < 5 ? "n1" : "n2"));
        }
        try (Repository repository = TestRepository.init(directory)) {
            List<Snapshot> history = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                history.add(TestBackup.save(repository, BytePath.of(source.toString())));
                write(source.resolve("d3/n1"));
            }
            List<String> asked = new ArrayList<>();
            new TreeFind(
                            repository,
                            (parent, node) -> {
                                asked.add(parent.resolve(node.name()).toString());
                                return wanted(node);
                            },
                            new Heard(),
                            1000)
                    .search(history);
            // The first snapshot: ten directories and what is in them. Then the root and d3, three times.
            assertThat(asked).hasSize(20 + 3 * 11);
        }
    }
}

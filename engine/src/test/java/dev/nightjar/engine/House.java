package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.testing.TreeComparer;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.FileSource;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Machine;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryContext;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.storage.LocalStorage;
import dev.nightjar.repository.storage.Storage;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory to be backed up, its catalog, and a real repository, all below one temporary directory. */
final class House implements AutoCloseable {
    static final byte[] PASSWORD = TestRepository.PASSWORD;

    final Path source;
    final Path repository;
    final List<JobEvent> events = Collections.synchronizedList(new ArrayList<>());
    private final Path base;
    private final List<Path> roots;
    private Machine machine = Machine.THIS;
    private Function<Storage, Storage> storage = Function.identity();
    private JobListener listener = events::add;
    private UnaryOperator<FileSource> around = UnaryOperator.identity();
    private @Nullable ChangeFeed feed;
    private @Nullable BackupJob job;
    private boolean started;

    House(Path base, String... roots) throws IOException {
        this(base.toRealPath(), Files.createDirectories(base.toRealPath().resolve("source")), roots);
    }

    /** With the source of another house: what is below {@code base} is a copy of that one's. */
    House(Path base, Path source, String... roots) throws IOException {
        this.base = base;
        this.source = source;
        this.repository = this.base.resolve("repository");
        this.roots = roots.length == 0
                ? List.of(source)
                : Arrays.stream(roots).map(source::resolve).toList();
        for (Path root : this.roots) {
            Files.createDirectories(root);
        }
        Files.writeString(this.base.resolve("password"), new String(PASSWORD, StandardCharsets.UTF_8));
    }

    /** Storage as it is, or a double around it; for openings from now on. */
    void storage(Function<Storage, Storage> around) {
        storage = around;
    }

    /** The machine it is on; for openings from now on. */
    void machine(Machine on) {
        machine = on;
    }

    /** Who hears of the job; for jobs from now on. */
    void listener(JobListener who) {
        listener = who;
    }

    /** What readings of files are wrapped in; for jobs from now on. */
    void readings(UnaryOperator<FileSource> wrapping) {
        around = wrapping;
    }

    ChangeFeed feed() throws IOException {
        ChangeFeed open = feed;
        if (open == null) {
            open = ChangeFeed.open(new FeedOptions(
                            base.resolve("state"),
                            roots.stream()
                                    .map(root -> BytePath.of(root.toString()))
                                    .toList(),
                            Selection.of(SelectionRules.EVERYTHING),
                            List.of(),
                            WatcherChoice.INOTIFY,
                            Timing.DEFAULT,
                            InstantSource.system())
                    .keepingOwnEvents());
            feed = open;
        }
        return open;
    }

    BackupJob job() throws IOException {
        return job(Duration.ZERO);
    }

    BackupJob job(Duration every) throws IOException {
        BackupJob made = job;
        if (made == null) {
            JobOptions options = new JobOptions("testhost", "me", 0, 0, List.of(), List.of(), every, true, 2);
            made = new BackupJob(feed(), known -> open(), options, listener, InstantSource.system(), around);
            job = made;
        }
        return made;
    }

    /** Opens the repository, made if there is none. */
    Repository open() throws IOException {
        RepositoryContext context = new RepositoryContext(
                base.resolve("cache"), InstantSource.system(), new SecureRandom(), "testhost", "me", machine);
        LocalStorage local = new LocalStorage(repository);
        if (!local.exists()) {
            TestRepository.init(local, context).close();
        }
        return Repository.open(storage.apply(local), PASSWORD, context);
    }

    /** Commits everything that was changed before this call, as "save now" does beside a job that watches. */
    CommitReport backup() throws IOException, InterruptedException {
        ChangeFeed watching = feed();
        if (!started) {
            started = true;
            watching.start();
        }
        return job().commitNow();
    }

    CommitReport.Committed commit() throws IOException, InterruptedException {
        CommitReport report = backup();
        if (report instanceof CommitReport.Committed committed) {
            return committed;
        }
        throw new AssertionError("nothing to do");
    }

    /** The snapshot that has everything. */
    static Id snapshot(CommitReport report) {
        return switch (report) {
            case CommitReport.Committed done -> done.snapshot();
            case CommitReport.NothingToDo nothing -> Objects.requireNonNull(nothing.snapshot());
        };
    }

    /** As a new process would find it. */
    void restart() throws IOException {
        close();
    }

    /** The number of restic's snapshots. */
    int snapshots() throws IOException {
        try (Repository open = open()) {
            return open.snapshots().size();
        }
    }

    Restic restic() {
        return new Restic(repository, base.resolve("password"));
    }

    /** restic on top of ours: it must find our snapshot as its parent and have nothing to read. */
    void resticFindsNothingNew() throws IOException, InterruptedException {
        String said = restic().run("backup", "--json", "--host", "testhost", source.toString());
        assertThat(Restic.number(said, "files_new")).isZero();
        assertThat(Restic.number(said, "files_changed")).isZero();
        assertThat(Restic.number(said, "dirs_new")).isZero();
        assertThat(Restic.number(said, "data_blobs")).isZero();
        assertThat(Restic.number(said, "files_unmodified")).isPositive();
    }

    /** restic's restore of one of our snapshots must equal the source. */
    void resticRestoresTheSource(CommitReport.Committed committed) throws IOException, InterruptedException {
        String snapshot = committed.snapshot().hex();
        Path into = scratch("restored-" + snapshot);
        restic().run("restore", snapshot, "--target", into.toString());
        Path restored = into.resolve(source.toString().substring(1));
        assertThat(TreeComparer.compare(BytePath.of(source.toString()), BytePath.of(restored.toString())))
                .isEmpty();
    }

    Path scratch(String name) throws IOException {
        return Files.createDirectories(base.resolve(name));
    }

    Path write(String path, String content) throws IOException {
        Path file = source.resolve(path);
        Path parent = file.getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        return Files.writeString(file, content);
    }

    /** Random bytes. */
    void write(String path, Random random, int length) throws IOException {
        byte[] content = new byte[length];
        random.nextBytes(content);
        Files.write(write(path, ""), content);
    }

    /** All paths below the source, as a walk of the snapshot finds them. */
    List<String> paths(Id snapshot) throws IOException {
        try (Repository open = open()) {
            open.loadIndex();
            List<String> paths = new ArrayList<>();
            walk(open, sourceTree(open, snapshot), "", paths);
            return paths;
        }
    }

    /** The files below the source as a snapshot has them: path and the hash of the content. */
    Map<String, Id> files(Repository open, Id snapshot) throws IOException {
        Map<String, Id> files = new TreeMap<>();
        digest(open, sourceTree(open, snapshot), "", files);
        return files;
    }

    private static void digest(Repository open, Id tree, String prefix, Map<String, Id> files) throws IOException {
        for (Node node : nodes(open, tree)) {
            if (node.subtree() != null) {
                digest(open, node.subtree(), prefix + node.name() + "/", files);
            } else if (node.content() != null) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                for (Id id : node.content()) {
                    content.writeBytes(open.loadBlob(BlobType.DATA, id));
                }
                files.put(prefix + node.name(), Id.sha256(content.toByteArray()));
            }
        }
    }

    /** The files below the source as they are. */
    Map<String, Id> files() throws IOException {
        Map<String, Id> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(source)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(source.relativize(file).toString(), Id.sha256(Files.readAllBytes(file)));
            }
        }
        return files;
    }

    /** The node at a path below the source. */
    Node node(Id snapshot, String path) throws IOException {
        try (Repository open = open()) {
            open.loadIndex();
            return nodeAt(open, sourceTree(open, snapshot), path);
        }
    }

    /** The content of the file at a path below the source. */
    String content(Id snapshot, String path) throws IOException {
        try (Repository open = open()) {
            open.loadIndex();
            Node node = nodeAt(open, sourceTree(open, snapshot), path);
            StringBuilder content = new StringBuilder();
            for (Id id : Objects.requireNonNull(node.content())) {
                content.append(new String(open.loadBlob(BlobType.DATA, id), StandardCharsets.UTF_8));
            }
            return content.toString();
        }
    }

    /** The nodes of a tree. */
    static List<Node> nodes(Repository open, Id tree) throws IOException {
        List<Node> nodes = new ArrayList<>();
        TreeReader reader = new TreeReader(open.loadBlob(BlobType.TREE, tree));
        for (Node node = reader.next(); node != null; node = reader.next()) {
            nodes.add(node);
        }
        return nodes;
    }

    private Id sourceTree(Repository open, Id snapshot) throws IOException {
        String relative = source.toString().substring(1);
        return Objects.requireNonNull(
                nodeAt(open, open.snapshot(snapshot).tree(), relative).subtree());
    }

    private static Node nodeAt(Repository open, Id tree, String path) throws IOException {
        Id at = tree;
        Node found = null;
        for (String name : path.split("/", -1)) {
            found = nodes(open, at).stream()
                    .filter(node -> node.name().toString().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new AssertionError("no " + name + " of " + path));
            if (found.subtree() != null) {
                at = found.subtree();
            }
        }
        return Objects.requireNonNull(found);
    }

    private static void walk(Repository open, Id tree, String prefix, List<String> paths) throws IOException {
        for (Node node : nodes(open, tree)) {
            paths.add(prefix + node.name());
            if (node.subtree() != null) {
                walk(open, node.subtree(), prefix + node.name() + "/", paths);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (ChangeFeed openFeed = feed;
                BackupJob openJob = job) {
            feed = null;
            job = null;
            started = false;
        }
    }
}

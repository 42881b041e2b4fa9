package dev.nightjar.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** C6: no event tells of mounts; what they do to watches and names is found out all the same. */
@Tag("root")
final class MountChangesTest {
    private static final Path BELOW = Path.of("target");

    @TempDir
    Path state;

    private ChangeFeed watching(WatcherChoice watcher, Path root, boolean oneFileSystem) throws Exception {
        return watching(watcher, List.of(root), oneFileSystem);
    }

    private ChangeFeed watching(WatcherChoice watcher, List<Path> roots, boolean oneFileSystem) throws Exception {
        ChangeFeed feed = ChangeFeed.open(new FeedOptions(
                        state,
                        roots.stream().map(root -> BytePath.of(root.toString())).toList(),
                        Selection.of(new SelectionRules(List.of(), List.of(), false, oneFileSystem, false)),
                        List.of(),
                        watcher,
                        Timing.DEFAULT,
                        InstantSource.system())
                .keepingOwnEvents());
        feed.start();
        feed.awaitHealed();
        return feed;
    }

    private static @Nullable Entry row(ChangeFeed feed, Path file) throws IOException {
        return feed.<@Nullable Entry>read(reader -> reader.entry(reader.find(BytePath.of(file.toString()))));
    }

    private static void settle(ChangeFeed feed) throws Exception {
        feed.barrier();
        feed.awaitHealed();
        assertThat(feed.barrier().gaps()).isEmpty();
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void mount(TestMount disk, Path point) throws Exception {
        run("mount", "-o", "loop", disk.path().resolveSibling("image").toString(), point.toString());
    }

    @ParameterizedTest
    @EnumSource(names = {"FANOTIFY", "INOTIFY"})
    void aRootThatIsMountedAgainIsWatchedAgain(WatcherChoice watcher) throws Exception {
        try (TestMount disk = TestMount.ofFile("ext4", BELOW)) {
            Path root = disk.path().resolve("root");
            Files.createDirectories(root.resolve("below"));
            Files.writeString(root.resolve("before"), "before");
            try (ChangeFeed feed = watching(watcher, root, true)) {
                for (int round = 0; round < 3; round++) {
                    run("umount", disk.path().toString());
                    mount(disk, disk.path());
                    Files.writeString(root.resolve("below/at once" + round), "while nobody knows of it");
                    settle(feed);
                    assertThat(row(feed, root.resolve("below/at once" + round))).isNotNull();
                    Files.writeString(root.resolve("below/later" + round), "live");
                    settle(feed);
                    assertThat(row(feed, root.resolve("below/later" + round))).isNotNull();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FANOTIFY", "INOTIFY"})
    void aRootThatIsUnmountedIsAQuestionUntilItIsBack(WatcherChoice watcher) throws Exception { // C17
        try (TestMount disk = TestMount.ofFile("ext4", BELOW)) {
            Files.writeString(disk.path().resolve("file"), "precious");
            try (ChangeFeed feed = watching(watcher, disk.path(), true)) {
                run("umount", disk.path().toString());
                BarrierResult barrier = feed.barrier();
                assertThat(barrier.gaps()).extracting(Gap::reason).contains(GapReason.ROOT);
                assertThat(feed.status().roots().getFirst().state()).isEqualTo(RootState.FILESYSTEM_CHANGED);
                assertThat(row(feed, disk.path().resolve("file"))).isNotNull();

                mount(disk, disk.path());
                Files.writeString(disk.path().resolve("new"), "new");
                settle(feed);
                assertThat(feed.status().roots().getFirst().state()).isEqualTo(RootState.PRESENT);
                assertThat(row(feed, disk.path().resolve("file"))).isNotNull();
                assertThat(row(feed, disk.path().resolve("new"))).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FANOTIFY", "INOTIFY"})
    void whatIsMountedBelowARootHidesWhatWasThere(WatcherChoice watcher) throws Exception {
        try (TestMount disk = TestMount.ofFile("ext4", BELOW)) {
            Path point = Files.createDirectories(disk.path().resolve("a/point"));
            Files.writeString(point.resolve("hidden"), "1");
            try (ChangeFeed feed = watching(watcher, disk.path(), true)) {
                run("mount", "-t", "tmpfs", "nightjar-test", point.toString());
                try {
                    Files.writeString(point.resolve("elsewhere"), "2");
                    settle(feed);
                    assertThat(row(feed, point.resolve("hidden"))).isNull();
                    assertThat(row(feed, point.resolve("elsewhere"))).isNull();
                } finally {
                    run("umount", point.toString());
                }
                settle(feed);
                assertThat(row(feed, point.resolve("hidden"))).isNotNull();
                Files.writeString(point.resolve("live"), "3");
                settle(feed);
                assertThat(row(feed, point.resolve("live"))).isNotNull();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FANOTIFY", "INOTIFY"})
    void whatIsMountedBelowIsEnteredWhenToldTo(WatcherChoice watcher) throws Exception {
        try (TestMount disk = TestMount.ofFile("ext4", BELOW);
                TestMount other = TestMount.ofFile("ext4", BELOW)) {
            Path point = Files.createDirectories(disk.path().resolve("point"));
            Files.writeString(other.path().resolve("first"), "1");
            run("umount", other.path().toString());
            try (ChangeFeed feed = watching(watcher, disk.path(), false)) {
                for (int round = 0; round < 2; round++) {
                    mount(other, point);
                    try {
                        settle(feed);
                        assertThat(row(feed, point.resolve("first"))).isNotNull();
                        Files.writeString(point.resolve("live" + round), "2");
                        settle(feed);
                        assertThat(row(feed, point.resolve("live" + round))).isNotNull();
                    } finally {
                        run("umount", point.toString());
                    }
                    settle(feed);
                    assertThat(row(feed, point.resolve("first"))).isNull();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FANOTIFY", "INOTIFY"})
    void whatIsOnAnotherFilesystemIsNotLookedThrough(WatcherChoice watcher) throws Exception { // C6b
        try (TestMount disk = TestMount.ofFile("ext4", BELOW);
                TestMount other = TestMount.ofFile("ext4", BELOW)) {
            Files.createDirectory(disk.path().resolve("root"));
            for (int i = 0; i < 100; i++) {
                Files.createDirectory(other.path().resolve("d" + i));
            }
            try (ChangeFeed feed = watching(watcher, List.of(disk.path().resolve("root"), other.path()), true)) {
                settle(feed);
                long listed = feed.counters().directoriesListed();
                run("umount", disk.path().toString());
                mount(disk, disk.path());
                settle(feed);
                Files.writeString(disk.path().resolve("root/live"), "1");
                settle(feed);
                assertThat(row(feed, disk.path().resolve("root/live"))).isNotNull();
                assertThat(feed.counters().directoriesListed() - listed).isLessThan(100);
            }
        }
    }
}

package dev.nightjar.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.TestMount;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.feed.scan.ListingResult;
import dev.nightjar.feed.scan.Safeguard;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each safeguard is for: with it the catalog is right; with it switched off the same run leaves the catalog wrong. */
final class SafeguardTest {
    private static final int LISTINGS = 1 + Listings.ATTEMPTS;

    private final Path top;

    SafeguardTest(@TempDir Path top) {
        this.top = top;
    }

    private static CaptureStage stage(Path place, WatcherChoice watcher, Safeguard safeguard, boolean on)
            throws Exception {
        EnumSet<Safeguard> off = on ? EnumSet.noneOf(Safeguard.class) : EnumSet.of(safeguard);
        return new CaptureStage(place, watcher, EnumSet.complementOf(off));
    }

    private CaptureStage stage(Safeguard safeguard, boolean on) throws Exception {
        return stage(top, WatcherChoice.INOTIFY, safeguard, on);
    }

    /** The listing as it would be had the kernel passed over a name. */
    private static ListingResult without(ListingResult listing, String name) {
        return new ListingResult(
                listing.task(),
                listing.stamp(),
                listing.self(),
                listing.watch(),
                listing.unwatchable(),
                listing.rules(),
                listing.looks().stream()
                        .filter(look -> !look.name().equals(Name.of(name)))
                        .toList(),
                listing.known(),
                listing.leftOut(),
                listing.compared(),
                listing.last(),
                listing.problem());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aDirectoryHintedSinceItsListingBeganIsListedAgain(boolean on) throws Exception { // C4
        try (CaptureStage stage = stage(Safeguard.SECOND_LISTING, on)) {
            Files.createDirectory(stage.at("d"));
            Files.createFile(stage.at("d/a"));
            stage.settle();
            Files.createSymbolicLink(stage.at("d/passed-over"), Path.of("nowhere"));
            stage.eventsUntil("passed-over"); // dropped
            stage.overflow();
            stage.deliver(stage.listing(""));
            ListingResult listing = stage.listing("d");
            stage.rename("d/a", "d/b");
            stage.hear(stage.eventsUntil("b"));
            stage.deliver(without(listing, "passed-over"));
            stage.settle();
            assertThat(stage.rows().contains("d/passed-over")).isEqualTo(on);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aListingThatLacksANameIsNoReasonToDeleteItsRow(boolean on) throws Exception { // C4b
        try (CaptureStage stage = stage(Safeguard.LOOK_BEFORE_DELETION, on)) {
            Files.createDirectory(stage.at("d"));
            Files.createFile(stage.at("d/lacking"));
            Files.createFile(stage.at("d/other"));
            stage.settle();
            Path aside = top.resolve("aside");
            Files.move(stage.at("d/lacking"), aside, StandardCopyOption.ATOMIC_MOVE);
            Files.writeString(stage.at("d/other"), "so that it is looked at");
            stage.eventsUntil("other"); // nothing is said of the other name: to us it never was away
            Thread test = Thread.currentThread();
            AtomicBoolean back = new AtomicBoolean();
            stage.clock(() -> {
                if (Thread.currentThread() != test && back.compareAndSet(false, true)) {
                    putBack(aside, stage.at("d/lacking")); // the names are read by now, the looks have begun
                }
                return Instant.EPOCH;
            });
            stage.overflow();
            stage.deliver(stage.listing(""));
            ListingResult listing = stage.listing("d");
            assertThat(back).isTrue();
            stage.eventsUntil("lacking");
            stage.deliver(listing);
            stage.settle();
            assertThat(stage.rows().contains("d/lacking")).isEqualTo(on);
        }
    }

    private static void putBack(Path from, Path to) {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aHintAboutANameIsOneAboutItsDirectory(boolean on) throws Exception { // C1
        try (CaptureStage stage = stage(Safeguard.PARENT_HINT, on)) {
            Files.createDirectory(stage.at("d"));
            stage.settle();
            Files.createFile(stage.at("d/a"));
            stage.settle();
            Instant changed = Files.getLastModifiedTime(stage.at("d")).toInstant();
            Timestamp known = stage.row("d").mtime();
            assertThat(Instant.ofEpochSecond(known.seconds(), known.nanos()).equals(changed))
                    .isEqualTo(on);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLookOfAListingDoesNotUndoALaterOne(boolean on) throws Exception { // C4
        try (CaptureStage stage = stage(Safeguard.STAMPS, on)) {
            Files.createDirectory(stage.at("d"));
            Files.createFile(stage.at("d/a"));
            stage.settle();
            Files.writeString(stage.at("d/a"), "seen by the first listing");
            stage.overflow();
            stage.deliver(stage.listing(""));
            // Never at rest, so that the last of the listings is not made good by another.
            for (int i = 0; i < LISTINGS; i++) {
                ListingResult listing = stage.listing("d");
                Files.writeString(stage.at("d/a"), "seen by a look, " + i);
                Files.createFile(stage.at("d/after" + i));
                stage.hear(stage.eventsUntil("after" + i));
                if (i < LISTINGS - 1) {
                    Files.writeString(stage.at("d/a"), "seen by the next listing");
                }
                stage.deliver(listing);
            }
            stage.settle();
            assertThat(stage.row("d/a").size() == Files.size(stage.at("d/a"))).isEqualTo(on);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("root")
    void aWriteUnderANameThatIsNotOursIsOneToTheFile(boolean on) throws Exception { // C3
        Path memory = Files.createTempDirectory(Path.of("/dev/shm"), "safeguard");
        try (CaptureStage stage = stage(memory, WatcherChoice.FANOTIFY, Safeguard.INODE_LOOKUP, on)) {
            Files.createFile(stage.at("ours"));
            stage.settle();
            Path other = Files.createLink(memory.resolve("other"), stage.at("ours"));
            stage.settle();
            Files.writeString(other, "written");
            stage.hear(stage.eventsUntil("other"));
            stage.settle();
            assertThat(stage.row("ours").size() == "written".length()).isEqualTo(on);
        } finally {
            remove(memory);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Tag("root")
    void aChangeInTheTickOfALookIsSeen(boolean on) throws Exception { // C12
        // Inodes of 128 bytes have no room for more than seconds: a tick of one second.
        try (TestMount mount = TestMount.ofFile("ext4", Path.of("target").toAbsolutePath(), "-I", "128");
                CaptureStage stage = stage(mount.path(), WatcherChoice.INOTIFY, Safeguard.RACILY_CLEAN, on)) {
            boolean sameTick = false;
            for (int i = 0; !sameTick; i++) {
                String name = "file" + i;
                Path file = Files.writeString(stage.at(name), "1");
                FileTime tick = Files.getLastModifiedTime(file);
                stage.clock(InstantSource.fixed(tick.toInstant().plusMillis(1)));
                stage.hear(stage.eventsUntil(name));
                while (!stage.rows().contains(name)) {
                    stage.step();
                }
                long read = stage.row(name).contentSequence();
                Files.writeString(file, "2");
                sameTick = Files.getLastModifiedTime(file).equals(tick);
                stage.settle();
                boolean toldAgain = stage.row(name).contentSequence() > read;
                assertThat(toldAgain).isEqualTo(on || !sameTick);
            }
        }
    }

    private static void remove(Path tree) throws IOException {
        try (Stream<Path> walk = Files.walk(tree)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}

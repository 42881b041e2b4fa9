package dev.nightjar.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.BarrierResult;
import dev.nightjar.feed.Change;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.GapReason;
import dev.nightjar.feed.scan.ListingResult;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.feed.watch.Event;
import dev.nightjar.feed.watch.Place;
import dev.nightjar.linux.Name;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Races, with the order in which the capture hears of events and of listings given by the test. Watched by inotify. */
final class CaptureTest {
    private final CaptureStage stage;

    CaptureTest(@TempDir Path top) throws Exception {
        stage = CaptureStage.safe(top);
    }

    @AfterEach
    void closed() throws Exception {
        stage.close();
    }

    @Test
    void aListingFromBeforeAMoveDoesNotTakeTheDirectoryBack() throws Exception { // C4
        Files.createDirectories(stage.at("new/moved/below"));
        stage.hear(stage.eventsUntil("new"));
        ListingResult old = stage.listing("new");
        stage.rename("new/moved", "here");
        stage.hear(stage.eventsUntil("here"));
        assertThat(stage.rows()).contains("here");
        stage.deliver(old);
        stage.settle();
        assertThat(stage.rows()).containsExactly("here", "here/below", "keep", "new");
    }

    @Test
    void anIgnoreFileThatCameAndWentIsNoticedBesideAMove() throws Exception { // C4
        Files.createDirectory(stage.at("d"));
        stage.settle();
        List<Event> ignored = stage.moveIn(".nightjarignore", "*.txt\n");
        stage.rename("d", "e");
        stage.hear(stage.eventsUntil("e")); // forgets which rules were read
        Files.createDirectory(stage.at("a.txt"));
        stage.hear(stage.eventsUntil("a.txt"));
        assertThat(stage.rows()).doesNotContain("a.txt");
        Files.delete(stage.at(".nightjarignore"));
        stage.rename("e", "f");
        ignored.addAll(stage.eventsUntil("f"));
        stage.hear(ignored);
        stage.settle();
        assertThat(stage.rows()).containsExactly("a.txt", "f", "keep");
    }

    @Test
    void anIgnoreFileThatCameAndWentWhereADirectoryWasIsNotItsRule() throws Exception { // C4
        Files.createDirectories(stage.at("d/e"));
        Files.createDirectory(stage.at("moving"));
        stage.settle();
        List<Event> ignored = stage.moveIn("d/.nightjarignore", "*.txt\n");
        stage.rename("moving", "moved");
        stage.hear(stage.eventsUntil("moved")); // forgets which rules were read
        Files.createDirectory(stage.at("d/e/a.txt"));
        stage.hear(stage.eventsUntil("a.txt"));
        assertThat(stage.rows()).doesNotContain("d/e/a.txt");
        Files.delete(stage.at("d/.nightjarignore"));
        stage.rename("d/e", "f");
        ignored.addAll(stage.eventsUntil("f"));
        stage.hear(ignored); // all at once
        stage.settle();
        assertThat(stage.rows()).containsExactly("d", "f", "f/a.txt", "keep", "moved");
    }

    @Test
    void aDirectoryThatMovesFromUnderAnIgnoreFileIsJudgedAgain() throws Exception { // C3
        Files.createDirectories(stage.at("d/e/a.txt"));
        Files.writeString(stage.at("d/.nightjarignore"), "*.txt\n");
        stage.settle();
        assertThat(stage.rows()).containsExactly("d", "d/.nightjarignore", "d/e", "keep");
        stage.rename("d/e", "e");
        stage.settle();
        assertThat(stage.rows()).containsExactly("d", "d/.nightjarignore", "e", "e/a.txt", "keep");
        stage.rename("e", "d/e");
        stage.settle();
        assertThat(stage.rows()).containsExactly("d", "d/.nightjarignore", "d/e", "keep");
    }

    @Test
    void aScanGoesOnBelowADirectoryThatWasLookedAtSince() throws Exception { // C6b
        Files.createDirectories(stage.at("d/e"));
        stage.settle();
        Files.createSymbolicLink(stage.at("d/e/f"), Path.of("nowhere"));
        stage.eventsUntil("f"); // dropped
        stage.overflow();
        stage.deliver(stage.listing(""));
        ListingResult old = stage.listing("d");
        Files.setLastModifiedTime(stage.at("d/e"), FileTime.fromMillis(0));
        stage.hear(stage.eventsUntil("e"));
        stage.deliver(old);
        stage.settle();
        assertThat(stage.rows()).containsExactly("d", "d/e", "d/e/f", "keep");
    }

    @Test
    void aScanGoesOnBelowADirectoryThatWasAwayForAMoment() throws Exception { // C6b
        Files.createDirectories(stage.at("d/e"));
        stage.settle();
        Files.createSymbolicLink(stage.at("d/e/f"), Path.of("nowhere"));
        stage.eventsUntil("f"); // dropped
        stage.overflow();
        ListingResult root = stage.listing("");
        stage.rename("d/e", "e");
        stage.deliver(root);
        ListingResult old = stage.listing("d");
        stage.rename("e", "d/e");
        Files.createDirectory(stage.at("after"));
        stage.hear(stage.eventsUntil("after"));
        stage.deliver(old);
        stage.settle();
        assertThat(stage.rows()).containsExactly("after", "d", "d/e", "d/e/f", "keep");
    }

    @Test
    void theRulesOfADirectoryAreNotReadInAnotherThatHasItsPath() throws Exception { // C4
        Files.createDirectories(stage.at("d/e"));
        Files.createDirectory(stage.at("other"));
        Files.createDirectory(stage.at("moving"));
        Files.writeString(stage.at("d/.nightjarignore"), "*.txt\n");
        stage.settle();
        stage.overflow();
        stage.deliver(stage.listing(""));
        stage.deliver(stage.listing("d"));
        ListingResult listing = stage.listing("d/e");
        stage.rename("moving", "moved");
        stage.hear(stage.eventsUntil("moved")); // forgets which rules were read
        stage.exchange("d", "other");
        stage.deliver(listing); // needs to know
        stage.exchange("d", "other");
        stage.settle();
        Files.createFile(stage.at("d/a.txt"));
        stage.settle();
        assertThat(stage.rows()).containsExactly("d", "d/.nightjarignore", "d/e", "keep", "moved", "other");
    }

    @Test
    void aBarrierDoesNotWaitForAnEventThatNothingFromBeforeItCanExplain() throws Exception { // C8
        Files.createDirectory(stage.at("d0"));
        stage.hear(stage.eventsUntil("d0"));
        ListingResult underWay = stage.listing("d0");
        stage.hear(List.of(Event.of(new Place.ByWatch(Integer.MAX_VALUE), Name.of("whose?"), Bits.CONTENT)));
        CompletableFuture<BarrierResult> barrier = stage.barrier();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        for (int i = 1; !barrier.isDone(); i++) {
            assertThat(System.nanoTime()).as("it ends beside a writer").isLessThan(deadline);
            Files.createDirectory(stage.at("d" + i));
            stage.hear(stage.eventsUntil("d" + i));
            ListingResult next = stage.listing("d" + i);
            stage.deliver(underWay);
            underWay = next; // so that there is always one
        }
    }

    /** Its rows stay, and so does the row of what a listing was under way of. */
    @Test
    void aBarrierDoesNotWaitForADirectoryOfARootThatWasEmptied() throws Exception { // C8, C17
        Files.createDirectories(stage.at("d/e"));
        Files.createDirectory(stage.at("moving"));
        stage.settle();
        Files.createDirectory(stage.at("d/e/f"));
        stage.hear(stage.eventsUntil("f"));
        ListingResult listing = stage.listing("d/e/f");
        stage.rename("moving", "moved");
        stage.hear(stage.eventsUntil("moved")); // forgets which rules were read
        for (String name : List.of("moved", "d/e/f", "d/e", "d", "keep")) {
            Files.delete(stage.at(name));
        }
        stage.hear(stage.eventsUntil("keep"));
        stage.deliver(listing);
        stage.settle();
        assertThat(stage.rows()).containsExactly("d", "d/e", "d/e/f", "keep", "moved");
    }

    @Test
    void oncePerDayNamesThatCeasedLongAgoAreForgotten() throws Exception { // C5
        Files.createFile(stage.at("a"));
        stage.settle();
        Cursor before = stage.cursor();
        Files.delete(stage.at("a"));
        stage.settle();
        stage.pass(Duration.ofDays(1));
        stage.step();
        stage.pass(Duration.ofDays(29));
        stage.step();
        assertThat(stage.changes(before)).hasAtLeastOneElementOfType(Change.Deleted.class);
        stage.pass(Duration.ofDays(1));
        stage.step();
        assertThat(stage.changes(before))
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Unknown.class, gap -> assertThat(gap.reason()).isEqualTo(GapReason.CURSOR_EXPIRED));
    }

    @Test
    void aListingFromBeforeAWriteUnderAnotherNameIsLookedThroughAgain() throws Exception { // C3, C4
        Path file = Files.writeString(stage.at("file"), "before");
        stage.settle();
        Files.createDirectory(stage.at("d"));
        Files.createLink(stage.at("d/linked"), file);
        stage.hear(stage.eventsUntil("d"));
        ListingResult old = stage.listing("d");
        Files.writeString(file, "after, and longer");
        stage.hear(stage.eventsUntil("file"));
        stage.deliver(old);
        stage.settle();
        assertThat(stage.row("d/linked").size()).isEqualTo(stage.row("file").size());
    }

    @Test
    void aListingFromBeforeAnotherNameWentIsLookedThroughAgain() throws Exception { // C3, C4
        Path file = Files.writeString(stage.at("file"), "linked once more");
        Files.createDirectory(stage.at("d"));
        Files.createLink(stage.at("d/linked"), file);
        stage.settle();
        Files.createDirectory(stage.at("e"));
        Files.createLink(stage.at("e/linked"), file);
        stage.hear(stage.eventsUntil("e"));
        ListingResult old = stage.listing("e");
        Files.delete(file);
        stage.hear(stage.eventsUntil("file"));
        stage.deliver(old);
        stage.settle();
        assertThat(stage.row("e/linked").links()).isEqualTo(2);
    }
}

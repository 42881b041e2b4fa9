package dev.nightjar.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.feed.AuditFinding.Attribute;
import dev.nightjar.feed.AuditFinding.Cause;
import dev.nightjar.feed.AuditFinding.Difference;
import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an audit must find with every watcher, and what it must not find (C10). */
abstract class AuditContract {
    private static final SelectionRules RULES = new SelectionRules(List.of("*.tmp"), List.of(), false, true, false);

    private final WatcherChoice watcher;
    final Place place;
    final ChangeFeed feed;
    final Heard heard = new Heard();

    AuditContract(WatcherChoice watcher, Path below) throws IOException {
        this.watcher = watcher;
        this.place = new Place(below);
        this.feed = ChangeFeed.open(place.options(watcher, RULES));
    }

    /** Keeps what it is told. */
    static final class Heard implements AuditListener {
        final List<AuditFinding> findings = new ArrayList<>();
        private final List<String> notCompared = new ArrayList<>();
        private @Nullable Runnable meanwhile;

        @Override
        public void compared(long directories, long entries) {
            if (meanwhile != null) {
                meanwhile.run();
            }
        }

        @Override
        public void found(AuditFinding finding) {
            findings.add(finding);
        }

        @Override
        public void notCompared(BytePath directory, String why) {
            notCompared.add(directory + ": " + why);
        }
    }

    @BeforeEach
    void healed() throws IOException, InterruptedException {
        Files.createDirectories(at("d/e"));
        Files.writeString(at("d/e/f"), "1");
        Files.writeString(at("a"), "1");
        Files.writeString(at("a.tmp"), "left out");
        feed.start();
        feed.awaitHealed();
        feed.barrier();
        feed.barrier();
    }

    @AfterEach
    void closed() throws IOException {
        feed.close();
        place.close();
    }

    Path at(String name) {
        return place.root.resolve(name);
    }

    Entry row(String name) throws IOException {
        return Objects.requireNonNull(place.row(feed, name), name);
    }

    /** Makes the catalog say something else, as if an event had been missed. */
    private void plant(String sql) throws IOException, InterruptedException {
        feed.write(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate(sql);
            }
        });
    }

    AuditResult audit(String... below) throws IOException, InterruptedException {
        List<BytePath> places = new ArrayList<>();
        for (String name : below) {
            places.add(place.path(name));
        }
        heard.findings.clear();
        return feed.audit(places, heard);
    }

    /** One audit finds just this, and the next finds nothing: it was healed. */
    AuditFinding single() throws IOException, InterruptedException {
        AuditResult result = audit();
        assertThat(heard.findings).hasSize(1);
        assertThat(result.found()).isEqualTo(1);
        AuditFinding finding = heard.findings.getFirst();
        assertThat(audit().found()).isZero();
        assertThat(place.rows(feed)).isEqualTo(selected());
        return finding;
    }

    private List<String> selected() throws IOException {
        return place.files().stream().filter(name -> !name.endsWith(".tmp")).toList();
    }

    @Test
    void findsNothingWhereNothingWasMissed() throws Exception {
        AuditResult result = audit();
        assertThat(heard.findings).isEmpty();
        assertThat(result.found()).isZero();
        assertThat(result.notCompared()).isZero();
        assertThat(result.directories()).isEqualTo(3);
        assertThat(result.entries()).isEqualTo(selected().size() + 1);
        assertThat(feed.lastAudit())
                .usingRecursiveComparison()
                .ignoringFields("time", "took")
                .isEqualTo(result);
    }

    @Test
    void theLastOneIsKnownToOthers() throws Exception {
        try (ChangeFeed other = ChangeFeed.openReadOnly(place.state)) {
            assertThat(other.lastAudit()).isNull();
            plant("UPDATE entry SET size = 77 WHERE id = " + row("a").id());
            audit();
            assertThat(Objects.requireNonNull(other.lastAudit()).found()).isEqualTo(1);
            audit();
            assertThat(Objects.requireNonNull(other.lastAudit()).found()).isZero();
        }
    }

    @Test
    void findsAChangeThatNoEventToldOf() throws Exception {
        Entry before = row("d/e/f");
        plant("UPDATE entry SET size = 77, mtime = 5, uid = 12345 WHERE id = " + before.id());
        AuditFinding finding = single();
        assertThat(finding.path()).isEqualTo(place.path("d/e/f"));
        assertThat(finding.difference()).isEqualTo(Difference.CHANGED);
        assertThat(finding.attributes()).isEqualTo(Set.of(Attribute.SIZE, Attribute.MTIME, Attribute.OWNER));
        assertThat(finding.cause()).isEqualTo(Cause.MISSED);
        assertThat(row("d/e/f").size()).isEqualTo(1);
        assertThat(row("d/e/f").contentSequence()).isGreaterThan(before.contentSequence());
    }

    @Test
    void comparesWhatStatxSays() throws Exception {
        for (String column : List.of("mode", "gid", "ctime", "mtime_nanos", "inode", "links", "rdev")) {
            plant("UPDATE entry SET " + column + " = " + column + " + 1 WHERE id = " + row("a").id());
            assertThat(audit().found()).as(column).isEqualTo(1);
            assertThat(heard.findings.getFirst().attributes()).as(column).hasSize(1);
        }
        assertThat(audit().found()).isZero();
    }

    @Test
    void aChangeOfFlagsAloneIsNamedSo() throws Exception {
        plant("UPDATE entry SET ctime = ctime - 1 WHERE id = " + row("a").id());
        assertThat(single().cause()).isEqualTo(Cause.INODE_FLAGS);
    }

    @Test
    void findsDirectoriesThatDiffer() throws Exception {
        plant("UPDATE entry SET mtime = 5 WHERE id = " + row("d").id());
        assertThat(single().path()).isEqualTo(place.path("d"));
        long root = row("d").parent();
        plant("UPDATE entry SET mtime = 5 WHERE id = " + root);
        assertThat(single().path()).isEqualTo(BytePath.of(place.root.toString()));
    }

    @Test
    void findsWhatIsNotInTheCatalog() throws Exception {
        plant("DELETE FROM entry WHERE id = " + row("a").id());
        AuditFinding finding = single();
        assertThat(finding.path()).isEqualTo(place.path("a"));
        assertThat(finding.difference()).isEqualTo(Difference.NOT_IN_CATALOG);
        assertThat(finding.directory()).isFalse();
    }

    @Test
    void aDirectoryThatIsNotInTheCatalogStandsForAllBelow() throws Exception {
        long e = row("d/e").id();
        plant("DELETE FROM entry WHERE id = " + e + " OR parent = " + e);
        AuditFinding finding = single();
        assertThat(finding.path()).isEqualTo(place.path("d/e"));
        assertThat(finding.directory()).isTrue();
    }

    @Test
    void findsWhatIsNotOnDisk() throws Exception {
        plant("INSERT INTO entry SELECT 1 << 40, filesystem, parent, CAST('ghost' AS BLOB), mode, uid, gid, size,"
                + " mtime, mtime_nanos, ctime, ctime_nanos, inode + 1000000, links, rdev, sequence,"
                + " content_sequence, created, extra FROM entry WHERE id = "
                + row("d/e").id());
        AuditFinding finding = single();
        assertThat(finding.path()).isEqualTo(place.path("d/ghost"));
        assertThat(finding.difference()).isEqualTo(Difference.NOT_ON_DISK);
        assertThat(finding.directory()).isTrue();
    }

    @Test
    void findsWhatTheSelectionLeavesOut() throws Exception {
        plant("UPDATE entry SET name = CAST('a.tmp' AS BLOB) WHERE id = " + row("a").id());
        audit();
        assertThat(heard.findings)
                .extracting(AuditFinding::difference)
                .containsExactlyInAnyOrder(Difference.LEFT_OUT, Difference.NOT_IN_CATALOG);
        assertThat(audit().found()).isZero();
        assertThat(place.rows(feed)).isEqualTo(selected());
    }

    @Test
    void moreThanCanBeKeptAtATime() throws Exception {
        Files.createDirectory(at("many"));
        for (int i = 0; i < 5000; i++) {
            Files.createFile(at("many/" + i));
        }
        feed.barrier();
        feed.barrier(); // looks in the tick of a change are repeated, which would mend what is planted
        plant("UPDATE entry SET size = 77 WHERE parent = " + row("many").id());
        assertThat(audit().found()).isEqualTo(5000);
        assertThat(audit().found()).isZero();
    }

    @Test
    void comparesOnlyWhatIsBelow() throws Exception {
        plant("UPDATE entry SET size = 77 WHERE id = " + row("a").id());
        AuditResult result = audit("d/e");
        assertThat(result.found()).isZero();
        assertThat(result.entries()).isEqualTo(2);
        assertThat(audit("a", "d").found()).isEqualTo(1);
        assertThat(audit("a").entries()).isEqualTo(1);
    }

    @Test
    void saysWhatItCouldNotCompare() throws Exception {
        assertThat(audit("not/there").notCompared()).isEqualTo(1);
        assertThat(heard.notCompared).singleElement().asString().contains("not/there: ");
    }

    @Test
    void aDirectoryWithoutAWatchIsNamedSo() throws Exception {
        plant("INSERT INTO gap(scope, reason, since, sequence, state) VALUES(" + row("d").id()
                + ", 'UNWATCHABLE', 0, 1, 'told')");
        plant("UPDATE entry SET mtime = 5 WHERE id = " + row("d/e").id());
        assertThat(single().cause()).isEqualTo(Cause.NOT_WATCHED);
    }

    @Test
    void aWriteThroughANameOutsideIsFoundWhereItIsNotSeen() throws Exception { // C3
        Files.createLink(place.outside.resolve("other"), at("a"));
        audit(); // whether the link itself was seen is the watcher's affair, too
        Files.writeString(place.outside.resolve("other"), "changed");
        audit();
        if (watcher == WatcherChoice.INOTIFY) {
            assertThat(heard.findings).singleElement().satisfies(finding -> {
                assertThat(finding.path()).isEqualTo(place.path("a"));
                assertThat(finding.cause()).isEqualTo(Cause.LINKED_OUTSIDE);
            });
        } else {
            assertThat(heard.findings).isEmpty();
        }
        assertThat(row("a").size()).isEqualTo(7);
    }

    @Test
    void whatChangesMeanwhileIsNoFinding() throws Exception {
        AtomicBoolean stop = new AtomicBoolean();
        AtomicInteger rounds = new AtomicInteger();
        for (int i = 0; i < 60; i++) {
            Files.createDirectories(at("busy" + i / 20 + "/" + i));
        }
        List<Thread> writers = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            String own = "busy" + i;
            writers.add(Thread.ofPlatform().start(() -> write(at(own), stop, rounds)));
        }
        try {
            for (int i = 0; i < 3; i++) {
                int before = rounds.get();
                AuditResult result = audit();
                assertThat(heard.findings).isEmpty();
                assertThat(result.found()).isZero();
                assertThat(rounds.get()).isGreaterThan(before);
            }
        } finally {
            stop.set(true);
            for (Thread writer : writers) {
                writer.join();
            }
        }
        assertThat(audit().found()).isZero();
    }

    /** Appends, makes and removes, renames files and directories, and changes modes, without end. */
    private static void write(Path top, AtomicBoolean stop, AtomicInteger rounds) {
        try {
            Files.createDirectories(top);
            for (int i = 0; !stop.get(); i++) {
                Path directory = Files.createDirectories(top.resolve("x" + i % 7));
                Files.writeString(
                        directory.resolve("log"), "line", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
                Files.writeString(top.resolve("flap"), "x".repeat(i % 50));
                Files.delete(top.resolve("flap"));
                Files.writeString(directory.resolve("new"), "1");
                Files.move(directory.resolve("new"), top.resolve("moved" + i % 5), StandardCopyOption.REPLACE_EXISTING);
                Files.setPosixFilePermissions(
                        directory.resolve("log"),
                        PosixFilePermissions.fromString(i % 2 == 0 ? "rw-------" : "rw-r--r--"));
                if (i % 7 == 0) {
                    Path other = top.resolve("y");
                    Files.move(directory, other);
                    Files.move(other, directory);
                }
                rounds.incrementAndGet();
                LockSupport.parkNanos(100_000); // busy, but not more than the watcher can follow on a slow machine
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aDifferenceThatAHintIsOnItsWayForIsNoFinding() throws Exception {
        heard.meanwhile = () -> {
            try {
                Files.writeString(at("a"), "more");
                Files.writeString(at("b" + heard.findings.size()), "new");
                Files.deleteIfExists(at("d/e/f"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        assertThat(audit().found()).isZero();
        assertThat(place.rows(feed)).isEqualTo(selected());
    }

    @Test
    void anOverflowIsHealedFirst() throws Exception { // C5
        feed.injectOverflow();
        assertThat(audit().found()).isZero();
        assertThat(feed.status().gaps()).isEmpty();
    }

    @Test
    void aRootInQuestionIsNotCompared() throws Exception { // C17
        Place.remove(at("d"));
        Files.delete(at("a"));
        feed.barrier();
        Files.delete(at("a.tmp"));
        Files.delete(at("keep"));
        feed.barrier();
        AuditResult result = audit();
        assertThat(result.found()).isZero();
        assertThat(result.notCompared()).isEqualTo(1);
        assertThat(heard.notCompared).singleElement().asString().contains("emptied");
        assertThat(place.rows(feed)).containsExactly("keep");
    }

    @Test
    void aRootThatIsGoneIsAQuestionAfterwards() throws Exception { // C17
        Files.move(place.root, place.top.resolve("away"));
        assertThat(audit().notCompared()).isEqualTo(1);
        feed.barrier();
        assertThat(feed.status().rootsSettled()).isFalse();
        Files.move(place.top.resolve("away"), place.root);
    }

    @Test
    void endsWhenItsListenerFails() {
        heard.meanwhile = () -> {
            throw new UncheckedIOException(new IOException("the asker has gone"));
        };
        assertThatThrownBy(this::audit).hasRootCauseMessage("the asker has gone");
    }

    @Test
    void endsWhenInterrupted() throws Exception {
        Thread caller = Thread.currentThread();
        heard.meanwhile = () -> {
            heard.meanwhile = null;
            caller.interrupt();
        };
        assertThatThrownBy(this::audit).isInstanceOf(InterruptedException.class);
        assertThat(audit().found()).isZero();
    }
}

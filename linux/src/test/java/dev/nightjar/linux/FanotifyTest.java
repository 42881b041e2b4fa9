package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("root")
class FanotifyTest {
    private static final long ALL = Fanotify.CREATE
            | Fanotify.DELETE
            | Fanotify.MODIFY
            | Fanotify.CLOSE_WRITE
            | Fanotify.ATTRIB
            | Fanotify.RENAME
            | Fanotify.ON_DIRECTORY;

    private record Seen(
            long mask,
            int pid,
            long fsid,
            @Nullable EntryHandle entry,
            @Nullable EntryHandle oldEntry,
            @Nullable EntryHandle newEntry,
            @Nullable Handle target) {}

    @TempDir
    Path temp;

    private Directory top;
    private Fanotify fanotify;

    @BeforeEach
    void open() throws IOException {
        top = Directory.open(BytePath.of(temp.toString()));
        fanotify = Fanotify.open();
        fanotify.markFilesystem(top, ALL);
    }

    @AfterEach
    void close() {
        fanotify.close();
        top.close();
    }

    /** What this process did; others use the file system too. */
    private List<Seen> drain() throws IOException {
        EventBuffer buffer = EventBuffer.allocate(65536);
        List<Seen> seen = new ArrayList<>();
        while (fanotify.read(buffer) > 0) {
            FanotifyEvents events = new FanotifyEvents(buffer);
            while (events.next()) {
                assertThat(events.isOverflow()).isFalse();
                if (events.pid() == ThisProcess.pid()) {
                    seen.add(new Seen(
                            events.mask(),
                            events.pid(),
                            events.fsid(),
                            events.entry(),
                            events.oldEntry(),
                            events.newEntry(),
                            events.target()));
                }
            }
        }
        return seen;
    }

    @Test
    void namesDirectoryNameAndFile() throws IOException {
        Handle here = top.selfHandle();
        long fsid = top.filesystem().fsid();
        int pid = ThisProcess.pid();
        Name a = Name.of(new byte[] {(byte) 0xff, '\n', (byte) 0xc3});
        Name b = Name.of("b");

        top.makeDirectory(a, 0700);
        Handle made = top.handle(a);
        assertThat(fanotify.await(1000)).isTrue();
        assertThat(drain())
                .containsExactly(new Seen(
                        Fanotify.CREATE | Fanotify.ON_DIRECTORY,
                        pid,
                        fsid,
                        new EntryHandle(here, a),
                        null,
                        null,
                        made));

        top.rename(a, top, b, RenameMode.REPLACE);
        assertThat(drain())
                .containsExactly(new Seen(
                        Fanotify.RENAME | Fanotify.ON_DIRECTORY,
                        pid,
                        fsid,
                        null,
                        new EntryHandle(here, a),
                        new EntryHandle(here, b),
                        made));

        top.setMode(0711);
        List<Seen> self = drain();
        assertThat(self).hasSize(1);
        EntryHandle itself = new EntryHandle(here, Name.of("."));
        assertThat(self.getFirst().entry()).isEqualTo(itself);
        assertThat(itself.isSelf()).isTrue();
    }

    @Test
    void handlesOpenWhereverTheDirectoryIsNow() throws IOException {
        Name a = Name.of("a");
        top.makeDirectory(a, 0700);
        Handle handle = top.handle(a);
        top.makeDirectory(Name.of("b"), 0700);
        try (Directory b = top.openDirectory(Name.of("b"))) {
            top.rename(a, b, Name.of("moved"), RenameMode.NO_REPLACE);
            Stat stat = b.stat(Name.of("moved"));
            try (Directory again = Directory.open(Handle.of(handle.bytes()), top)) {
                assertThat(again.stat().inode()).isEqualTo(stat.inode());
                assertThat(again.selfHandle()).isEqualTo(handle);
            }
            assertThat(top.stat(handle).inode()).isEqualTo(stat.inode());
            b.removeDirectory(Name.of("moved"));
        }
        assertThatThrownBy(() -> Directory.open(handle, top)).isInstanceOf(StaleException.class);
        assertThatThrownBy(() -> top.stat(handle)).isInstanceOf(StaleException.class);
    }

    @Test
    void aMarkCanBeTakenAwayOnce() throws IOException {
        fanotify.unmarkFilesystem(top, ALL);
        assertThat(drain()).isEmpty();
        assertThatThrownBy(() -> fanotify.unmarkFilesystem(top, ALL)).isInstanceOf(NotFoundException.class);
        top.makeDirectory(Name.of("unseen"), 0700);
        assertThat(drain()).isEmpty();
        assertThat(fanotify.queued()).isZero();
    }

    @Test
    void anUnmountTakesTheMarkAway(@TempDir Path point) throws Exception {
        Set<Long> before = fanotify.markedDevices();
        assertThat(before).hasSize(1);
        run("mount", "-t", "tmpfs", "none", point.toString());
        try (Directory mounted = Directory.open(BytePath.of(point.toString()))) {
            fanotify.markFilesystem(mounted, ALL);
            assertThat(fanotify.markedDevices())
                    .containsAll(before)
                    .contains(mounted.stat().device())
                    .hasSize(2);
        } finally {
            run("umount", point.toString());
        }
        assertThat(fanotify.markedDevices()).isEqualTo(before);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void queuedCountsEvents() throws IOException {
        drain();
        for (int i = 0; i < 10; i++) {
            top.makeDirectory(Name.of("d" + i), 0700);
        }
        assertThat(fanotify.queued()).isGreaterThanOrEqualTo(240);
        assertThat(fanotify.queued() % 24).isZero();
    }
}

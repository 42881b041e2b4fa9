package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InotifyTest {
    private static final int ALL = Inotify.CREATE
            | Inotify.DELETE
            | Inotify.MODIFY
            | Inotify.CLOSE_WRITE
            | Inotify.ATTRIB
            | Inotify.MOVED_FROM
            | Inotify.MOVED_TO
            | Inotify.DELETE_SELF;

    private record Seen(
            int watch, int mask, int cookie, @Nullable Name name) {}

    @TempDir
    Path temp;

    private Directory top;
    private Inotify inotify;

    @BeforeEach
    void open() throws IOException {
        top = Directory.open(BytePath.of(temp.toString()));
        inotify = Inotify.open();
    }

    @AfterEach
    void close() {
        inotify.close();
        top.close();
    }

    private List<Seen> drain() throws IOException {
        EventBuffer buffer = EventBuffer.allocate(65536);
        List<Seen> seen = new ArrayList<>();
        while (inotify.read(buffer) > 0) {
            InotifyEvents events = new InotifyEvents(buffer);
            while (events.next()) {
                seen.add(new Seen(events.watch(), events.mask(), events.cookie(), events.name()));
            }
        }
        return seen;
    }

    @Test
    void tellsWhatHappenedToANameOfAnyBytes() throws IOException {
        int watch = inotify.addWatch(top, ALL);
        Name name = Name.of(new byte[] {(byte) 0xff, '\n', (byte) 0xc3});
        try (OpenFile file = top.createFile(name, 0600)) {
            file.write(new byte[] {1}, 0, 1);
        }
        Name other = Name.of("other");
        top.rename(name, top, other, RenameMode.REPLACE);
        top.unlink(other);
        top.makeDirectory(other, 0700);

        assertThat(inotify.await(1000)).isTrue();
        assertThat(inotify.queued()).isPositive();
        List<Seen> seen = drain();
        int cookie = seen.get(3).cookie();
        assertThat(cookie).isNotZero();
        assertThat(seen)
                .containsExactly(
                        new Seen(watch, Inotify.CREATE, 0, name),
                        new Seen(watch, Inotify.MODIFY, 0, name),
                        new Seen(watch, Inotify.CLOSE_WRITE, 0, name),
                        new Seen(watch, Inotify.MOVED_FROM, cookie, name),
                        new Seen(watch, Inotify.MOVED_TO, cookie, other),
                        new Seen(watch, Inotify.DELETE, 0, other),
                        new Seen(watch, Inotify.CREATE | Inotify.IS_DIRECTORY, 0, other));
        assertThat(inotify.queued()).isZero();
        assertThat(inotify.await(0)).isFalse();
    }

    @Test
    void watchesAreForDirectoriesWhereverTheyMove() throws IOException {
        Name a = Name.of("a");
        top.makeDirectory(a, 0700);
        try (Directory child = top.openDirectory(a)) {
            int watch = inotify.addWatch(child, ALL);
            assertThat(inotify.addWatch(child, ALL)).isEqualTo(watch);
            top.rename(a, top, Name.of("b"), RenameMode.REPLACE);
            child.makeDirectory(Name.of("in"), 0700);
            assertThat(drain())
                    .containsExactly(new Seen(watch, Inotify.CREATE | Inotify.IS_DIRECTORY, 0, Name.of("in")));
            inotify.removeWatch(watch);
            inotify.removeWatch(watch);
            assertThat(drain()).containsExactly(new Seen(watch, Inotify.IGNORED, 0, null));
        }
    }

    @Test
    void wakesAReaderThatWaits() throws Exception {
        AtomicReference<@Nullable Object> answer = new AtomicReference<>();
        CountDownLatch begun = new CountDownLatch(1);
        Thread reader = Thread.ofPlatform().start(() -> {
            begun.countDown();
            try {
                answer.set(inotify.await(-1));
            } catch (IOException e) {
                answer.set(e);
            }
        });
        begun.await();
        inotify.wake();
        reader.join();
        assertThat(answer.get()).isEqualTo(false);

        inotify.wake();
        assertThat(inotify.pause(-1)).isTrue();
        assertThat(inotify.pause(1)).isFalse();
        inotify.close();
        inotify.wake();
    }
}

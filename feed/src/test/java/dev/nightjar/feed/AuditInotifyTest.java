package dev.nightjar.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.AuditFinding.Attribute;
import dev.nightjar.feed.AuditFinding.Cause;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** On a disk, where a write through a memory mapping changes the times of the file; on tmpfs it changes nothing. */
class AuditInotifyTest extends AuditContract {
    AuditInotifyTest() throws IOException {
        super(WatcherChoice.INOTIFY, Path.of("target"));
    }

    @Test
    void findsAWriteThroughAMemoryMapping() throws Exception {
        Files.write(at("mapped"), new byte[8192]);
        feed.barrier();
        feed.barrier();
        Entry before = row("mapped");
        try (Arena arena = Arena.ofShared()) {
            MemorySegment mapped = map(at("mapped"), arena);
            assertThat(audit().found()).isZero();
            mapped.set(ValueLayout.JAVA_BYTE, 5000, (byte) 1);
            mapped.force();
            feed.barrier();
            assertThat(row("mapped")).isEqualTo(before); // no event told of it
            AuditFinding finding = single();
            assertThat(finding.path()).isEqualTo(place.path("mapped"));
            assertThat(finding.cause()).isEqualTo(Cause.MEMORY_MAPPING);
            assertThat(finding.attributes()).isEqualTo(Set.of(Attribute.MTIME, Attribute.CTIME));
            assertThat(row("mapped").contentSequence()).isGreaterThan(before.contentSequence());
        }
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 8192, arena);
        }
    }

    @Test
    void findsAFileThatIsNeverAtRest() throws Exception {
        Files.write(at("mapped"), new byte[8192]);
        feed.barrier();
        feed.barrier();
        AtomicInteger writes = new AtomicInteger();
        try (Arena arena = Arena.ofShared()) {
            MemorySegment mapped = map(at("mapped"), arena);
            AtomicBoolean stop = new AtomicBoolean();
            Thread writer = Thread.ofPlatform().start(() -> {
                while (!stop.get()) {
                    mapped.set(ValueLayout.JAVA_BYTE, 0, (byte) writes.incrementAndGet());
                    mapped.force();
                }
            });
            try {
                while (writes.get() == 0) {
                    Thread.onSpinWait();
                }
                audit();
                assertThat(heard.findings).extracting(AuditFinding::path).containsExactly(place.path("mapped"));
            } finally {
                stop.set(true);
                writer.join();
            }
        }
    }
}

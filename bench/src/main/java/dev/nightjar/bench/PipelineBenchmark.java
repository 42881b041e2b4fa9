package dev.nightjar.bench;

import dev.nightjar.repository.ByteSource;
import dev.nightjar.repository.Commit;
import dev.nightjar.repository.CommitOptions;
import dev.nightjar.repository.FileContent;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryContext;
import dev.nightjar.repository.storage.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One new file of 64 MiB of noise through the whole pipeline: cut, hashed, compressed, encrypted, compared, written. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 7)
@Fork(1)
public class PipelineBenchmark {
    private static final int SIZE = 64 << 20;

    private final SplittableRandom noise = new SplittableRandom(1);
    private final byte[] block = new byte[SIZE];
    private @Nullable Path place;
    private @Nullable Repository repository;

    /** Makes an empty repository. */
    @Setup
    public void create() throws IOException {
        Path made = Files.createTempDirectory("nightjar-bench");
        place = made;
        repository = Repository.init(
                new LocalStorage(made.resolve("repository")),
                "secret".getBytes(StandardCharsets.UTF_8),
                new RepositoryContext(
                        made.resolve("cache"), InstantSource.system(), new SecureRandom(), "bench", "bench"));
    }

    /** Makes bytes that the repository has not seen. */
    @Setup(Level.Invocation)
    public void renew() {
        noise.nextBytes(block);
    }

    /** Stores it; no snapshot is written. */
    @Benchmark
    public FileContent store() throws IOException, ExecutionException, InterruptedException {
        try (Commit commit = Objects.requireNonNull(repository).beginCommit(CommitOptions.DEFAULT)) {
            return commit.store(() -> new Bytes(block)).get();
        }
    }

    /** Removes the repository. */
    @TearDown
    public void remove() throws IOException {
        Objects.requireNonNull(repository).close();
        try (Stream<Path> files = Files.walk(Objects.requireNonNull(place))) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private static final class Bytes implements ByteSource {
        private final byte[] bytes;
        private int position;

        Bytes(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (position == bytes.length) {
                return -1;
            }
            int count = Math.min(length, bytes.length - position);
            System.arraycopy(bytes, position, buffer, offset, count);
            position += count;
            return count;
        }

        @Override
        public void close() {}
    }
}

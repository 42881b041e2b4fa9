package dev.nightjar.bench;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.index.BlobIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;

/**
 * How much memory and time the index of a large repository takes. Arguments: a directory to work in, and a number of blobs;
 * a hundred of them are in a pack.
 */
public final class IndexSize {
    private static final int BLOBS_IN_A_PACK = 100;
    private static final int LOOKUPS = 1_000_000;
    private static final Id REPOSITORY = Id.sha256();

    private final Path directory;
    private final int blobs;

    private IndexSize(Path directory, int blobs) {
        this.directory = directory;
        this.blobs = blobs;
    }

    /** Prints a line for each step. */
    public static void main(String[] arguments) throws IOException {
        Path directory = Files.createTempDirectory(Path.of(arguments[0]), "index");
        new IndexSize(directory, Integer.parseInt(arguments[1])).run();
    }

    private void run() throws IOException {
        print("nothing yet", 0);
        long began = System.nanoTime();
        try (BlobIndex index = BlobIndex.open(directory, REPOSITORY)) {
            fill(index);
            print("filled with " + blobs + " blobs", System.nanoTime() - began);
            began = System.nanoTime();
            index.save();
            print("saved", System.nanoTime() - began);
        }
        began = System.nanoTime();
        try (BlobIndex index = BlobIndex.open(directory, REPOSITORY)) {
            print("opened again", System.nanoTime() - began);
            began = System.nanoTime();
            lookUp(index, random(), true);
            print(LOOKUPS + " look-ups of what is there", System.nanoTime() - began);
            began = System.nanoTime();
            lookUp(index, RandomGeneratorFactory.of("L64X128MixRandom").create(-1), false);
            print(LOOKUPS + " look-ups of what is not", System.nanoTime() - began);
        }
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    }

    private static Id id(RandomGenerator random, byte[] bytes) {
        random.nextBytes(bytes);
        return Id.of(bytes);
    }

    private void fill(BlobIndex index) throws IOException {
        RandomGenerator random = random();
        byte[] bytes = new byte[Id.LENGTH];
        Id pack = REPOSITORY;
        for (int i = 0; i < blobs; i++) {
            Id blob = id(random, bytes);
            if (i % BLOBS_IN_A_PACK == 0) {
                pack = Id.sha256(blob.hex().getBytes(StandardCharsets.US_ASCII));
            }
            int at = i % BLOBS_IN_A_PACK * 100_000;
            index.add(new PackLocation(pack, BlobType.DATA, blob, at, 100_000, 200_000), false);
        }
    }

    private static void lookUp(BlobIndex index, RandomGenerator random, boolean there) {
        byte[] bytes = new byte[Id.LENGTH];
        for (int i = 0; i < LOOKUPS; i++) {
            if (index.contains(BlobType.DATA, id(random, bytes)) != there) {
                throw new IllegalStateException("look-up " + i + " is wrong");
            }
        }
    }

    private void print(String step, long nanos) throws IOException {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        long disk;
        try (Stream<Path> files = Files.walk(directory)) {
            disk = files.mapToLong(file -> file.toFile().length()).sum();
        }
        System.out.printf(
                Locale.ROOT,
                "%-40s %6.2f s   heap %4d MB   resident %5d MB, of files %5d MB   on disk %5d MB%n",
                step,
                nanos / 1e9,
                (runtime.totalMemory() - runtime.freeMemory()) / 1_000_000,
                status("VmRSS") / 1000,
                status("RssFile") / 1000,
                disk / 1_000_000);
    }

    /** A field of /proc/self/status (proc(5)), in kB. */
    private static long status(String field) throws IOException {
        String line = Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(candidate -> candidate.startsWith(field + ":"))
                .findFirst()
                .orElse("");
        return Long.parseLong(Objects.requireNonNull(line).replaceAll("\\D", ""));
    }
}

package dev.nightjar.feed;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A filesystem of its own, in a sparse file or in memory, mounted until it is closed. Needs root. */
public final class TestMount implements AutoCloseable {
    private static final long SIZE = 512L << 20;

    private final Path top;
    private final Path mounted;

    private TestMount(Path below, String type) throws IOException {
        top = Files.createTempDirectory(Files.createDirectories(below), type).toRealPath();
        mounted = Files.createDirectory(top.resolve("mounted"));
    }

    /** Whether this kernel knows a type of filesystem. */
    public static boolean isKnown(String type) throws IOException, InterruptedException {
        if (!isListed(type)) {
            new ProcessBuilder("modprobe", type).inheritIO().start().waitFor();
        }
        return isListed(type);
    }

    private static boolean isListed(String type) throws IOException {
        return Files.readAllLines(Path.of("/proc/filesystems")).stream()
                .anyMatch(line -> line.substring(line.lastIndexOf('\t') + 1).equals(type));
    }

    /**
     * Makes one in a file and mounts it.
     *
     * @param options of mkfs
     */
    public static TestMount ofFile(String type, Path below, String... options)
            throws IOException, InterruptedException {
        TestMount mount = new TestMount(below, type);
        try {
            Path image = mount.top.resolve("image");
            try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
                file.setLength(SIZE);
            }
            List<String> make = new ArrayList<>(List.of("mkfs." + type, "-q"));
            make.addAll(List.of(options));
            make.add(image.toString());
            run(make);
            run(List.of("mount", "-o", "loop", image.toString(), mount.mounted.toString()));
            return mount;
        } catch (IOException | InterruptedException e) {
            mount.close();
            throw e;
        }
    }

    /** Mounts a tmpfs. */
    public static TestMount ofMemory(Path below) throws IOException, InterruptedException {
        TestMount mount = new TestMount(below, "tmpfs");
        try {
            run(List.of("mount", "-t", "tmpfs", "-o", "size=" + SIZE, "nightjar-test", mount.mounted.toString()));
            return mount;
        } catch (IOException | InterruptedException e) {
            mount.close();
            throw e;
        }
    }

    /** Where it is mounted. */
    public Path path() {
        return mounted;
    }

    private static void run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " said: " + said.strip());
        }
    }

    private boolean isMounted() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
                .anyMatch(line -> line.split(" ")[1].equals(mounted.toString()));
    }

    /** Unmounts it, and throws its file away. */
    @Override
    public void close() throws IOException, InterruptedException {
        if (isMounted()) {
            run(List.of("umount", mounted.toString()));
        }
        if (isMounted()) {
            throw new IOException("still mounted: " + mounted);
        }
        Files.deleteIfExists(mounted);
        Files.deleteIfExists(top.resolve("image"));
        Files.delete(top);
    }
}

package dev.nightjar.app;

import dev.nightjar.app.invocation.Invocation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What the JVM learns from when the program is built ({@code -XX:AOTCacheOutput}): the everyday commands, each once, on a
 * small directory of its own making. Classes loaded here are loaded fast later; what runs often here is compiled early.
 */
final class Training {
    private static final int FILES = 600;
    private static final int LARGEST = 64 << 10;
    private static final int LARGE = 24 << 20;

    private final Path place;
    private final Invocation invocation;
    private final SplittableRandom random = new SplittableRandom(1);

    private Training(Path place, Invocation invocation) {
        this.place = place;
        this.invocation = invocation;
    }

    /**
     * Takes a directory; what it leaves there is the caller's to remove. In an empty one it does everything, in one that it
     * worked in before only what opens no repository.
     */
    public static void main(String[] args) throws IOException {
        new Training(Path.of(args[0]), Invocation.ofProcess()).run();
        System.exit(0);
    }

    private void run() throws IOException {
        Path source = place.resolve("source");
        String repository = place.resolve("repository").toString();
        List<String> secret =
                List.of("--password-file", place.resolve("password").toString());
        List<String> state = List.of("--state", place.resolve("state").toString());
        if (!Files.exists(source)) {
            fill(source);
            Files.writeString(place.resolve("password"), "training\n");
            work(source, repository, secret, state);
        }
        command(Stream.of(List.of("status"), state));
        command(Stream.of(List.of("version")));
    }

    private void work(Path source, String repository, List<String> secret, List<String> state) throws IOException {
        command(Stream.of(List.of("init", "--to", repository), secret));
        command(Stream.of(List.of("backup", source.toString(), "--to", repository), secret, state));
        Files.writeString(source.resolve("again"), "again");
        command(Stream.of(List.of("backup", source.toString(), "--to", repository), secret, state));
        command(Stream.of(List.of("changes", source.toString(), "--json"), state));
        List<String> from = List.of("-r", repository);
        command(Stream.of(List.of("snapshots"), from, secret));
        command(Stream.of(List.of("snapshots", "--json"), from, secret));
        command(Stream.of(List.of("ls", "latest"), from, secret));
        command(Stream.of(List.of("check", "--read-data"), from, secret));
        command(Stream.of(
                List.of("restore", "latest", "--into", place.resolve("restored").toString()), from, secret));
    }

    /** Small and large files, a part of them compressible. */
    private void fill(Path source) throws IOException {
        for (int i = 0; i < FILES; i++) {
            Path directory = Files.createDirectories(source.resolve("d" + i % 40));
            Files.write(directory.resolve("f" + i), i % 3 == 0 ? noise(random.nextInt(LARGEST)) : text(LARGEST / 2));
        }
        Files.write(source.resolve("large"), noise(LARGE));
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private byte[] text(int most) {
        StringBuilder words = new StringBuilder();
        int length = random.nextInt(most);
        while (words.length() < length) {
            words.append(Integer.toString(random.nextInt(40_000), Character.MAX_RADIX))
                    .append(' ');
        }
        return words.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void command(Stream<List<String>> parts) {
        Main.run(invocation, parts.flatMap(List::stream).toList());
    }
}

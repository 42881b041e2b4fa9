package dev.nightjar.feed.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random trees and random ignore files; git itself says what is ignored, and by which line. */
final class GitComparisonTest {
    private static final String LETTERS = "aab.-! #[]*?\\";
    private static final String[] PIECES = {
        "a",
        "b",
        ".",
        "-",
        "!",
        " ",
        "*",
        "*",
        "?",
        "[ab]",
        "[!a]",
        "[^b-]",
        "[]a]",
        "[[:alpha:]]",
        "[a-b!]",
        "\\*",
        "\\a",
        "\\ ",
        "\\[",
        "\\\\",
        "#",
        "[",
        "\\",
        "[[:punct:]x]",
        "[\\]]"
    };

    @Test
    void agreesWithGit(@TempDir Path place) throws Exception {
        long seed = Long.getLong("nightjar.seed", 20261124L);
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        int compared = 0;
        int ignored = 0;
        for (int round = 0; round < 150; round++) {
            Path tree = Files.createDirectory(place.resolve("tree" + round));
            Map<String, Boolean> entries = new LinkedHashMap<>();
            grow(random, tree, "", 0, entries);
            List<String> verdicts = gitVerdicts(tree, List.copyOf(entries.keySet()));
            List<String> ours = new ArrayList<>();
            for (Map.Entry<String, Boolean> entry : entries.entrySet()) {
                ours.add(entry.getKey() + " -> " + verdict(tree, entry.getKey(), entry.getValue()));
            }
            assertThat(ours)
                    .as("seed %d, round %d, %s", seed, round, ignoreFiles(tree))
                    .isEqualTo(verdicts);
            compared += ours.size();
            ignored += (int) ours.stream().filter(line -> !line.endsWith("-> ")).count();
        }
        assertThat(compared).isGreaterThan(3000);
        assertThat(ignored).isGreaterThan(compared / 10).isLessThan(compared);
    }

    private static void grow(
            RandomGenerator random, Path directory, String prefix, int depth, Map<String, Boolean> entries)
            throws IOException {
        if (depth == 0 || random.nextInt(3) == 0) {
            Files.writeString(directory.resolve(".gitignore"), patterns(random));
        }
        for (int i = 3 + random.nextInt(5); i > 0; i--) {
            String name = name(random);
            Path path = directory.resolve(name);
            if (name.equals(".") || name.equals("..") || Files.exists(path)) {
                continue;
            }
            boolean isDirectory = depth < 3 && random.nextInt(3) == 0;
            entries.put(prefix + name, isDirectory);
            if (isDirectory) {
                Files.createDirectory(path);
                grow(random, path, prefix + name + "/", depth + 1, entries);
            } else {
                Files.createFile(path);
            }
        }
    }

    private static String name(RandomGenerator random) {
        StringBuilder name = new StringBuilder();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            name.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
        }
        return name.toString();
    }

    private static String patterns(RandomGenerator random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.append(random.nextInt(4) == 0 ? "!" : "").append(random.nextInt(4) == 0 ? "/" : "");
            for (int component = random.nextInt(5) / 2; component >= 0; component--) {
                if (random.nextInt(4) == 0) {
                    text.append("**");
                } else {
                    for (int piece = random.nextInt(3); piece >= 0; piece--) {
                        text.append(PIECES[random.nextInt(PIECES.length)]);
                    }
                }
                text.append(component > 0 ? "/" : "");
            }
            text.append(random.nextInt(3) == 0 ? "/" : "")
                    .append(" ".repeat(random.nextInt(8) / 6))
                    .append(random.nextInt(5) == 0 ? "\r\n" : "\n");
        }
        // Until 2.52 git takes "x**" for "x/**" where x is literal (match_pathname skips the prefix first).
        return text.toString().replaceAll("([^/!*\n])\\*\\*+", "$1*");
    }

    private static String verdict(Path tree, String path, boolean directory) throws IOException {
        DirectoryRules rules =
                Selection.of(SelectionRules.EVERYTHING).judgeRoot(BytePath.of("/r"), ignoreFile(tree), false);
        String[] names = path.split("/");
        Path at = tree;
        for (int i = 0; i < names.length - 1; i++) {
            at = at.resolve(names[i]);
            rules = rules.enter(Name.of(names[i]), ignoreFile(at), false);
        }
        String reason = rules.judge(Name.of(names[names.length - 1]), directory).reason();
        return reason == null
                ? ""
                : reason.replace(".nightjarignore", ".gitignore").replaceFirst(" `.*", "");
    }

    private static byte @Nullable [] ignoreFile(Path directory) throws IOException {
        Path file = directory.resolve(".gitignore");
        return Files.exists(file) ? Files.readAllBytes(file) : null;
    }

    private static Map<String, String> ignoreFiles(Path tree) throws IOException {
        Map<String, String> files = new HashMap<>();
        try (var walk = Files.walk(tree)) {
            for (Path file : walk.filter(p -> p.endsWith(".gitignore")).toList()) {
                files.put(tree.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    /** For each path, the path and "file:line" of the deciding pattern, or nothing. */
    private static List<String> gitVerdicts(Path tree, List<String> paths) throws Exception {
        run(tree, new byte[0], "git", "init", "-q");
        ByteArrayOutputStream input = new ByteArrayOutputStream();
        for (String path : paths) {
            input.writeBytes(("./" + path).getBytes(StandardCharsets.UTF_8));
            input.write(0);
        }
        String output = run(
                tree,
                input.toByteArray(),
                "git",
                "-c",
                "core.excludesFile=/dev/null",
                "check-ignore",
                "--no-index",
                "-v",
                "-n",
                "-z",
                "--stdin");
        String[] fields = output.split("\0", -1);
        List<String> verdicts = new ArrayList<>();
        for (int i = 0; i + 3 < fields.length; i += 4) {
            String rule = fields[i].isEmpty() ? "" : fields[i] + ":" + fields[i + 1];
            verdicts.add(fields[i + 3].substring(2) + " -> " + rule);
        }
        return verdicts;
    }

    private static String run(Path directory, byte[] input, String... command) throws Exception {
        Process process = new ProcessBuilder(Arrays.asList(command))
                .directory(directory.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Thread writer = Thread.ofPlatform().start(() -> {
            try (var out = process.getOutputStream()) {
                out.write(input);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        try (InputStream out = process.getInputStream()) {
            String text = new String(out.readAllBytes(), StandardCharsets.UTF_8);
            writer.join();
            assertThat(process.waitFor()).as(String.join(" ", command)).isLessThan(2);
            return text;
        }
    }
}

package dev.nightjar.app.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The files of this clone. */
final class Sources {
    /** The directory of the clone. */
    static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("nightjar.root"), "nightjar.root"));

    private static final List<String> MODULES = List.of("linux", "feed", "repository", "engine", "app", "bench");

    private Sources() {}

    /** All Java sources of all modules, tests included, in a fixed order. */
    static List<Path> java() throws IOException {
        List<Path> files = new ArrayList<>();
        for (String module : MODULES) {
            try (Stream<Path> below = Files.walk(ROOT.resolve(module).resolve("src"))) {
                below.filter(file -> file.toString().endsWith(".java")).sorted().forEach(files::add);
            }
        }
        return files;
    }

    /** Whether the file is part of the program, not a test. */
    static boolean isProgram(Path file) {
        return ROOT.relativize(file).subpath(1, 3).equals(Path.of("src/main"));
    }
}

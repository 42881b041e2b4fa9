package dev.nightjar.repository;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The door for Jazzer, which {@code ./fuzz} runs: one parser, named by the only argument. */
public final class ParserFuzz {
    private static Parser parser = Parser.TREE;

    private ParserFuzz() {}

    /** Called once. */
    public static void fuzzerInitialize(String[] arguments) {
        parser = Parser.valueOf(arguments[0]);
    }

    /** Called with whatever Jazzer thinks of. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        parser.hold(bytes);
    }

    /** Writes good input of a parser into a directory: {@code PARSER DIRECTORY}; without arguments, names the parsers. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length == 0) {
            for (Parser each : Parser.values()) {
                System.out.println(each);
            }
            return;
        }
        List<byte[]> seeds = Parser.valueOf(arguments[0]).seeds();
        for (int i = 0; i < seeds.size(); i++) {
            Files.write(Path.of(arguments[1]).resolve("seed-" + i), seeds.get(i));
        }
    }
}

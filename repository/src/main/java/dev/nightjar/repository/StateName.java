package dev.nightjar.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What a repository's directory of disposable things is called in locks: a random text, made once. */
final class StateName {
    private static final String FILE = "name";
    private static final int BYTES = 16;
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

    private StateName() {}

    static String of(Path directory, SecureRandom random) throws IOException {
        Path file = directory.resolve(FILE);
        String known = read(file);
        if (FORM.matcher(known).matches()) {
            return known;
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        String made = HexFormat.of().formatHex(bytes);
        Path temporary = directory.resolve(FILE + "-" + made);
        Files.writeString(temporary, made, StandardCharsets.US_ASCII);
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        return read(file);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}

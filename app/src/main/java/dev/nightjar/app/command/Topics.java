package dev.nightjar.app.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The texts of {@code nightjar help TOPIC}, kept as files beside this class. */
final class Topics {
    static final List<String> NAMES = List.of("exit-codes", "json", "excludes", "times", "errors", "changes");

    private Topics() {}

    /** What the program shows when it is called without a verb. */
    static String front() {
        return text("front");
    }

    static String text(String topic) {
        try (InputStream text = Topics.class.getResourceAsStream("help/" + topic + ".txt")) {
            if (text == null) {
                throw new IllegalStateException("no help on " + topic);
            }
            return new String(text.readAllBytes(), StandardCharsets.UTF_8).stripTrailing();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

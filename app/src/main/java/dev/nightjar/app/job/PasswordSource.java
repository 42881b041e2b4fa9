package dev.nightjar.app.job;

import dev.nightjar.app.output.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a password comes from.
 *
 * @param value the file, the command, or the variable's name; empty for the others
 * @param variable the environment variable that named the file or command; null if a flag did
 */
public record PasswordSource(
        Kind kind, String value, @Nullable String variable) {

    /** The places a password can come from. */
    public enum Kind {
        /** A file of the user's. */
        FILE,
        /** What a command prints. */
        COMMAND,
        /** An environment variable holds it. */
        ENVIRONMENT,
        /** The job keeps it in a file of its own. */
        STORED,
        /** Somebody typed it just now. */
        TYPED
    }

    public static final PasswordSource STORED = new PasswordSource(Kind.STORED, "", null);
    public static final PasswordSource TYPED = new PasswordSource(Kind.TYPED, "", null);

    /** In words: {@code RESTIC_PASSWORD_FILE=/home/me/.nas-pw}. */
    public String words() {
        return switch (kind) {
            case FILE -> (variable == null ? "--password-file " : variable + "=") + value;
            case COMMAND -> (variable == null ? "--password-command " : variable + "=") + value;
            case ENVIRONMENT -> "the environment variable " + value;
            case STORED -> "what this job keeps in its state";
            case TYPED -> "the keyboard";
        };
    }

    JsonObject json() {
        return new JsonObject()
                .put("from", kind.name().toLowerCase(Locale.ROOT))
                .put("value", value);
    }

    static PasswordSource of(JsonObject json) {
        String from = json.string("from");
        String value = json.string("value");
        return new PasswordSource(
                Kind.valueOf(from == null ? "STORED" : from.toUpperCase(Locale.ROOT)),
                value == null ? "" : value,
                null);
    }
}

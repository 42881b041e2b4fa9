package dev.nightjar.app.output;

import java.text.MessageFormat;
import java.util.ResourceBundle;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the modules log, shown to people as a line: the JDK's own way puts two lines with a date into a live screen. Found
 * by {@link java.util.ServiceLoader}. Thread-safe.
 */
public final class Warnings extends System.LoggerFinder {
    private static volatile Consumer<String> reader = _ -> {};

    /** Where warnings go from now on. */
    public static void readBy(Consumer<String> who) {
        reader = who;
    }

    @Override
    public System.Logger getLogger(String name, Module module) {
        return new Logger(name);
    }

    private record Logger(String name) implements System.Logger {
        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean isLoggable(Level level) {
            return name.startsWith("dev.nightjar.") && level.compareTo(Level.WARNING) >= 0 && level != Level.OFF;
        }

        @Override
        public void log(
                Level level, @Nullable ResourceBundle bundle, @Nullable String message, @Nullable Throwable thrown) {
            if (isLoggable(level)) {
                reader.accept(String.valueOf(message));
            }
        }

        @Override
        public void log(
                Level level,
                @Nullable ResourceBundle bundle,
                @Nullable String format,
                @Nullable Object @Nullable ... values) {
            if (isLoggable(level)) {
                reader.accept(
                        values == null ? String.valueOf(format) : MessageFormat.format(String.valueOf(format), values));
            }
        }
    }
}

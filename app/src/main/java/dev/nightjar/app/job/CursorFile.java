package dev.nightjar.app.job;

import dev.nightjar.feed.Cursor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A cursor that a reader of changes keeps in a file of its own: one line. For one thread.
 *
 * @param file need not exist; its directory must
 */
public record CursorFile(Path file) {
    private static final long LONGEST = 4096;

    /** The text of the cursor; null if there is no file, or it is empty: nothing was told yet. */
    public @Nullable String read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        if (Files.isRegularFile(file) && Files.size(file) > LONGEST) {
            return "a file of " + Files.size(file) + " bytes";
        }
        String text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        return text.isEmpty() ? null : text;
    }

    /** Keeps a cursor, durably: the file has the cursor before or this one. */
    public void write(Cursor cursor) throws IOException {
        PrivateFiles.write(file, (cursor.text() + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}

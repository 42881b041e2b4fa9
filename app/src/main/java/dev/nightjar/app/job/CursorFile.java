package dev.nightjar.app.job;

import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.FeedException;
import java.io.IOException;
import java.io.InputStream;
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
    private static final int LONGEST = 256;

    /**
     * The cursor; null if there is no file, or it is empty: nothing was told yet.
     *
     * @throws FeedException if the file holds something else
     */
    public @Nullable Cursor read() throws IOException {
        if (!Files.exists(file)) {
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            String text = new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1).strip();
            return text.isEmpty() ? null : Cursor.parse(text);
        }
    }

    /** Keeps a cursor, durably: the file has the cursor before or this one. */
    public void write(Cursor cursor) throws IOException {
        PrivateFiles.write(file, (cursor.text() + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.output.JsonObject;
import dev.nightjar.feed.Change;
import dev.nightjar.feed.GapReason;
import dev.nightjar.linux.BytePath;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A change as a line, as JSON, and as the bare names of a list that ends its names with NUL. */
final class ChangeText {
    private ChangeText() {}

    /**
     * {@code + PATH}, {@code > OLD -> NEW} and so on.
     *
     * @param shown how a path is written: quoted, perhaps shortened
     */
    static String line(UnaryOperator<String> shown, Change change) {
        return switch (change) {
            case Change.Created created -> "+ " + path(shown, created.path());
            case Change.Modified modified -> (modified.content() ? "M " : "m ") + path(shown, modified.path());
            case Change.Moved moved ->
                "> " + path(shown, moved.from()) + " -> " + path(shown, moved.path())
                        + (moved.directory() ? "   with everything below" : "");
            case Change.Deleted deleted -> "- " + path(shown, deleted.path());
            case Change.LeftOut leftOut -> "x " + path(shown, leftOut.path());
            case Change.Unknown gap ->
                "! gap: " + (gap.path() == null ? "everything" : path(shown, gap.path())) + " (" + words(gap.reason())
                        + "): look at everything below";
        };
    }

    private static String path(UnaryOperator<String> shown, BytePath path) {
        return shown.apply(path.toArgument());
    }

    /** Why the feed cannot say what changed, for people. */
    static String words(GapReason reason) {
        return switch (reason) {
            case START -> "nobody watched";
            case OVERFLOW -> "queue overflow";
            case UNWATCHABLE -> "cannot be watched";
            case SELECTION -> "the selection changed";
            case UNREADABLE -> "cannot be listed";
            case MOUNT -> "something was mounted or unmounted";
            case ROOT -> "a source vanished, was emptied or is on another filesystem";
            case CURSOR_EXPIRED -> "the cursor is too old";
            case CURSOR_FOREIGN -> "the cursor is of another catalog";
        };
    }

    static JsonObject json(Change change) {
        JsonObject json = JsonObject.message("change").put("kind", kind(change));
        if (change instanceof Change.Moved moved) {
            json.putPath("from", moved.from().toArgument());
        }
        BytePath path = change.path();
        if (path != null) {
            json.putPath("path", path.toArgument());
        }
        json.put("type", change.directory() ? "dir" : "file");
        if (change instanceof Change.Moved moved) {
            json.put("content", moved.content());
        }
        if (change instanceof Change.Unknown gap) {
            json.put("reason", gap.reason().name().toLowerCase(Locale.ROOT));
        }
        return json;
    }

    private static String kind(Change change) {
        return switch (change) {
            case Change.Created _ -> "created";
            case Change.Modified modified -> modified.content() ? "modified" : "metadata";
            case Change.Moved _ -> "moved";
            case Change.Deleted _ -> "deleted";
            case Change.LeftOut _ -> "left_out";
            case Change.Unknown _ -> "gap";
        };
    }

    /**
     * The names for a bare list: of a move both, and a slash after a directory whose descendants have no lines of their
     * own (C7b).
     *
     * @param roots stand for a gap about everything
     */
    static List<byte[]> names(Change change, List<BytePath> roots) {
        return switch (change) {
            case Change.Moved moved ->
                List.of(
                        moved.from().bytes(),
                        moved.directory() ? slash(moved.path()) : moved.path().bytes());
            case Change.Unknown gap -> {
                List<byte[]> names = new ArrayList<>();
                (gap.path() == null ? roots : List.of(gap.path())).forEach(path -> names.add(slash(path)));
                yield names;
            }
            case Change.Created created -> List.of(created.path().bytes());
            case Change.Modified modified -> List.of(modified.path().bytes());
            case Change.Deleted deleted -> List.of(deleted.path().bytes());
            case Change.LeftOut leftOut -> List.of(leftOut.path().bytes());
        };
    }

    private static byte[] slash(BytePath path) {
        byte[] bytes = path.bytes();
        if (bytes.length > 0 && bytes[bytes.length - 1] == '/') {
            return bytes;
        }
        byte[] longer = java.util.Arrays.copyOf(bytes, bytes.length + 1);
        longer[bytes.length] = '/';
        return longer;
    }
}

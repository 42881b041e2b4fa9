package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Moment;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.restore.Fate;
import dev.nightjar.repository.restore.PreviewListener;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What {@code restore --dry-run} says of one task. */
final class RestorePreview implements PreviewListener {
    private static final int FEW = 10;

    private record Row(String word, String path, String note, String size) {}

    private final Console console;
    private final RestoreTask task;
    private final List<Row> rows = new ArrayList<>();
    private long listed;
    private long files;
    private long same;
    private long kept;
    private long replaced;
    private long bytes;

    RestorePreview(Console console, RestoreTask task, @Nullable Moment at) {
        this.console = console;
        this.task = task;
        if (!console.json()) {
            console.answer("Would restore from " + task.source(console, at));
            console.answer("");
        }
    }

    @Override
    public boolean entry(BytePath path, Node node, Fate fate) {
        boolean directory = node.type() == NodeType.DIRECTORY;
        if (fate == Fate.SAME) {
            same += directory ? 0 : 1;
            return !console.isClosed();
        }
        kept += fate == Fate.KEPT ? 1 : 0;
        replaced += fate == Fate.REPLACED ? 1 : 0;
        if (!directory && fate != Fate.KEPT) {
            files++;
            bytes += node.size();
        }
        if (console.json()) {
            json(path, node, fate);
        } else if (!directory || fate != Fate.NEW) {
            list(path, node, fate);
        }
        return !console.isClosed();
    }

    private void json(BytePath path, Node node, Fate fate) {
        JsonObject json = JsonObject.message("would_restore")
                .putPath("path", task.into().resolve(path).toArgument())
                .put("type", node.type().word())
                .put("action", fate.name().toLowerCase(Locale.ROOT));
        console.answer(node.type() == NodeType.FILE ? json.put("size", node.size()) : json);
    }

    private void list(BytePath path, Node node, Fate fate) {
        listed++;
        String note = switch (fate) {
            case NEW, SAME -> "";
            case BESIDE -> "kept; old one beside it";
            case KEPT -> "kept";
            case REPLACED -> "replaced";
        };
        Row row = new Row(
                fate == Fate.NEW ? "new" : "differs",
                path.toArgument(),
                note,
                node.type() == NodeType.FILE ? Figures.size(node.size()) : "");
        if (console.verbose()) {
            show(List.of(row));
        } else if (rows.size() <= FEW) {
            rows.add(row);
        }
    }

    private void show(List<Row> shown) {
        Table table = new Table("", "", "", "");
        table.right(3);
        int room = Math.max(20, Math.min(console.width(), 4096) - 50);
        for (Row row : shown) {
            table.row(
                    "  " + row.word() + (row.word().equals("new") ? "    " : ""),
                    Quoting.shorten(Quoting.quote(row.path()), room),
                    row.note(),
                    row.size());
        }
        table.lines().stream().skip(1).forEach(console::answer);
    }

    /** Ends the list. */
    ExitCode answer() {
        if (console.json()) {
            JsonObject summary = JsonObject.message("summary").put("dry_run", true);
            if (task.snapshot().id() != null) {
                summary.put("snapshot", task.snapshot().id().hex());
            }
            console.answer(summary.putPath("into", task.into().toArgument())
                    .put("files_to_restore", files)
                    .put("bytes_to_restore", bytes)
                    .put("files_unchanged", same)
                    .put("files_kept", kept)
                    .put("files_replaced", replaced));
            return ExitCode.DONE;
        }
        int shown = listed > FEW ? FEW - 1 : FEW;
        show(rows.stream().limit(shown).toList());
        if (listed > rows.size() || rows.size() > FEW) {
            if (!console.verbose()) {
                console.answer("  and " + Figures.count(listed - shown) + " more; list: -v");
            }
        }
        if (same > 0) {
            console.answer("  same     " + Figures.count(same, "file") + "  not touched");
        }
        if (listed + same > 0) {
            console.answer("");
        }
        console.answer("  into " + console.path(task.into().toArgument()) + "   " + Figures.count(files, "file") + ", "
                + Figures.size(bytes) + " to restore");
        console.answer(
                replaced == 0
                        ? "  nothing would be overwritten or deleted"
                        : "  " + Figures.count(replaced, "file") + " would be overwritten");
        return ExitCode.DONE;
    }
}

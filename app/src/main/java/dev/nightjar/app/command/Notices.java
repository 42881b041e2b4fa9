package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.feed.FeedStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a user should know once about what is not part of a backup, or not seen by events. */
final class Notices {
    private static final int SHOWN = 3;

    private Notices() {}

    static List<String> of(Console console, FeedStatus status) {
        List<String> lines = new ArrayList<>();
        if (!status.leftOut().isEmpty()) {
            String places = status.leftOut().stream()
                    .limit(SHOWN)
                    .map(path -> console.path(path.toArgument()))
                    .collect(Collectors.joining(", "));
            int more = status.leftOut().size() - SHOWN;
            lines.add("Left out, mounted below: " + places
                    + (more > 0 ? " and " + Figures.count(more) + " more" : "")
                    + " (--no-one-file-system takes them in)");
        }
        lines.addAll(status.warnings());
        return lines;
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Moment;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.restore.PreviewListener;
import dev.nightjar.repository.restore.RestoreFilter;
import dev.nightjar.repository.restore.RestoreReport;
import dev.nightjar.repository.restore.Restorer;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One thing to restore.
 *
 * @param into an absolute path of a directory, which may not be there yet
 * @param beside whether old versions are put beside what is there
 */
record RestoreTask(Snapshot snapshot, What what, BytePath into, RestoreFilter filter, boolean beside) {
    /** What of a snapshot is restored: what is in a directory, or an entry itself. */
    sealed interface What {
        record Contents(Id tree) implements What {}

        record Itself(Node node) implements What {}
    }

    RestoreReport restore(Restorer restorer, Directory directory) {
        return switch (what) {
            case What.Contents contents -> restorer.restore(contents.tree(), directory);
            case What.Itself itself -> restorer.restore(itself.node(), directory);
        };
    }

    void preview(Restorer restorer, @Nullable Directory directory, PreviewListener listener) throws IOException {
        switch (what) {
            case What.Contents contents -> restorer.preview(contents.tree(), directory, listener);
            case What.Itself itself -> restorer.preview(itself.node(), directory, listener);
        }
    }

    /** {@code snapshot c3a97e15, Sat 21 Nov 17:58}, and how that lies to the time that was asked for. */
    String source(Console console, @Nullable Moment at) {
        Id id = snapshot.id();
        Instant now = console.clock().instant();
        return "snapshot " + (id == null ? "" : id.shortHex() + ", ")
                + Moment.minuteOf(snapshot.time(), console.zone()).shown(now)
                + (at == null
                        ? ""
                        : " (" + before(Duration.between(snapshot.time(), at.first())) + at.shown(now) + ")");
    }

    private static String before(Duration duration) {
        if (!duration.isPositive()) {
            return "the last of ";
        }
        if (duration.toMinutes() < 1) {
            return duration.toSeconds() + " s before ";
        }
        if (duration.toMinutes() < 60) {
            return duration.toMinutes() + " min before ";
        }
        return duration.toHours() < 48 ? duration.toHours() + " h before " : duration.toDays() + " days before ";
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.engine.JobEvent;
import java.time.Duration;

/** How far a first backup is, in two lines. */
final class ProgressText {
    private static final int INDENT = 6;

    private ProgressText() {}

    static String of(Console console, JobEvent.FirstBackupProgress progress) {
        StringBuilder text = new StringBuilder(String.format("%3d%%  ", percent(progress)));
        text.append(Figures.count(progress.filesDone()))
                .append(" of ")
                .append(Figures.count(progress.filesTotal(), "file"))
                .append("   ")
                .append(Figures.size(progress.bytesDone()))
                .append(" of ")
                .append(Figures.size(progress.bytesTotal()));
        long millis = Math.max(1, progress.elapsed().toMillis());
        long perSecond = progress.bytesDone() * 1000 / millis;
        if (perSecond > 0 && millis > 1000) {
            Duration left = Duration.ofSeconds((progress.bytesTotal() - progress.bytesDone()) / perSecond);
            text.append("   ").append(Figures.size(perSecond)).append("/s   ");
            text.append(left.toSeconds() < 60 ? left.toSeconds() + " s" : Figures.clock(left))
                    .append(" left");
        }
        if (progress.current() != null) {
            text.append('\n').append(" ".repeat(INDENT));
            text.append(Quoting.shorten(
                    console.path(progress.current().toArgument()), Math.min(console.width(), 200) - INDENT - 1));
        }
        return text.toString();
    }

    /** Of the bytes; of the files if these are all empty. */
    static int percent(JobEvent.FirstBackupProgress progress) {
        long done = progress.bytesTotal() > 0 ? progress.bytesDone() : progress.filesDone();
        long total = progress.bytesTotal() > 0 ? progress.bytesTotal() : progress.filesTotal();
        return total <= 0 ? 0 : Math.clamp(done * 100 / total, 0, 100);
    }
}

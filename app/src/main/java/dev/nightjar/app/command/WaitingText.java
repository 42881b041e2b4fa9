package dev.nightjar.app.command;

import dev.nightjar.app.job.MountTable;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.engine.WaitingReason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a job waits, as a word for programs and as words for people. */
final class WaitingText {
    private WaitingText() {}

    static String word(WaitingReason reason) {
        return switch (reason) {
            case AWAY -> "away";
            case NO_SPACE -> "no-space";
            case LOCKED -> "locked";
            case DENIED -> "denied";
            case TROUBLE -> "trouble";
        };
    }

    /**
     * The words, without a full stop.
     *
     * @param message what the failure said
     */
    static String words(WaitingReason reason, @Nullable String message, @Nullable String repository) {
        String said = String.valueOf(message);
        String plain = said.endsWith(".") ? said.substring(0, said.length() - 1) : said;
        if (repository == null) {
            return plain;
        }
        Path directory = Path.of(repository);
        return switch (reason) {
            case AWAY -> Files.exists(directory.resolve("config")) ? plain : away(directory);
            case NO_SPACE ->
                "no room at " + Quoting.quote(repository) + " ("
                        + Figures.size(directory.toFile().getUsableSpace()) + " free)";
            case LOCKED, DENIED, TROUBLE -> plain;
        };
    }

    private static String away(Path directory) {
        Optional<Path> unmounted = MountTable.read().unmounted(directory);
        if (unmounted.isPresent()) {
            return "nothing is mounted at " + Quoting.quote(unmounted.get().toString());
        }
        return Files.exists(directory) ? "no repository is there now" : "there is no such directory now";
    }
}

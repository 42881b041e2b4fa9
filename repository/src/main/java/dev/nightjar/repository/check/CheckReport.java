package dev.nightjar.repository.check;

import java.util.List;

/**
 * What a check found.
 *
 * @param errors the first thousand errors
 * @param errorCount all of them
 * @param hints the first thousand things that are odd and do no harm, such as packs that no index names
 * @param trees different trees that were read
 * @param files files in these trees
 * @param packsRead packs that were read from end to end
 * @param bytesRead bytes of packs that were read and compared with their hash
 */
public record CheckReport(
        List<CheckError> errors,
        long errorCount,
        List<String> hints,
        long snapshots,
        long indexFiles,
        long packs,
        long trees,
        long files,
        long packsRead,
        long bytesRead) {

    public CheckReport {
        errors = List.copyOf(errors);
        hints = List.copyOf(hints);
    }

    /** Whether nothing is wrong. */
    public boolean isSound() {
        return errorCount == 0;
    }
}

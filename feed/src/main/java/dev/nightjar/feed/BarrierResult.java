package dev.nightjar.feed;

import java.util.List;

/**
 * What a barrier can say (C8).
 *
 * @param sequence everything that was changed before the barrier was asked for is in the catalog up to here, except what
 *     lies in a gap
 * @param gaps which are open
 */
public record BarrierResult(long sequence, List<Gap> gaps) {
    /** Copies the list. */
    public BarrierResult {
        gaps = List.copyOf(gaps);
    }

    /** Whether there is nothing that is not known. */
    public boolean complete() {
        return gaps.isEmpty();
    }
}

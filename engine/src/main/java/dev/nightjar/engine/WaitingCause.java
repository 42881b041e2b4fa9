package dev.nightjar.engine;

import dev.nightjar.repository.LockLostException;
import dev.nightjar.repository.LockedException;
import dev.nightjar.repository.NoRepositoryException;
import dev.nightjar.repository.StorageException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Which failures of a commit pass by themselves. */
final class WaitingCause {
    private WaitingCause() {}

    /**
     * Why to wait after this failure; null if waiting will not help.
     *
     * @param everSaved whether the job has written to this repository before: one that is not there is then away, not a
     *     mistake
     */
    static @Nullable WaitingReason of(IOException failure, boolean everSaved) {
        return switch (failure) {
            case LockedException locked -> WaitingReason.LOCKED;
            case LockLostException lost -> WaitingReason.TROUBLE;
            case NoRepositoryException none -> everSaved ? WaitingReason.AWAY : null;
            case StorageException storage ->
                switch (storage.kind()) {
                    case NO_SPACE -> WaitingReason.NO_SPACE;
                    case DENIED -> WaitingReason.DENIED;
                    case NOT_FOUND -> everSaved ? WaitingReason.AWAY : null;
                    case TRANSIENT, INPUT_OUTPUT, CACHE, OTHER -> WaitingReason.TROUBLE;
                };
            default -> null;
        };
    }
}

package dev.nightjar.engine;

import java.time.Instant;

/** Why an entry is not in the last snapshot as it is on disk, and since when. It is looked at again in each commit. */
record Problem(Kind kind, String reason, Instant since) {

    /** The kinds; the codes are in the ledger and must not change. */
    enum Kind {
        /** It could not be opened or read. Told. */
        UNREADABLE(1),
        /** It changed each time while it was read. Told. */
        UNSTABLE(2),
        /** What was read was not what its row says; it was not there, or was newer. Settles by itself. */
        DIFFERENT(3),
        /** It never rests and is long to read, so its turn has not come (C12). Settles by itself. */
        RESTING(4);

        private final int code;

        Kind(int code) {
            this.code = code;
        }

        int code() {
            return code;
        }

        /** Whether people are told: it will not settle by itself. */
        boolean told() {
            return this == UNREADABLE || this == UNSTABLE;
        }

        static Kind of(int code) {
            for (Kind kind : values()) {
                if (kind.code == code) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("no kind of problem: " + code);
        }
    }
}

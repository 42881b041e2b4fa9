package dev.nightjar.feed;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Something about a feed that its user can mend. */
public final class FeedException extends IOException {
    /** What kind of thing stands in the way. */
    public enum Kind {
        /** No room for the catalog. */
        NO_SPACE,
        /** Anything else. */
        OTHER
    }

    /** With less room than this a database cannot be written to, in bytes. */
    private static final long ROOM = 128 << 10;

    private final Kind kind;
    private final String why;
    private final String remedy;

    /** What happened, why as far as known, and what to do. */
    public FeedException(String what, String why, String remedy) {
        this(Kind.OTHER, what, why, remedy, null);
    }

    private FeedException(Kind kind, String what, String why, String remedy, @Nullable Throwable cause) {
        super(what, cause);
        this.kind = kind;
        this.why = why;
        this.remedy = remedy;
    }

    /** The catalog in a file could not be used, and this is what SQLite said. */
    public static FeedException catalog(Path file, SQLException cause) {
        String words = "(" + cause.getMessage() + ")";
        if (isFull(file, cause)) {
            return new FeedException(
                    Kind.NO_SPACE,
                    "no room for the catalog " + file,
                    "Nothing half-written was left; what is not saved yet is found again the next time. " + words,
                    "make room there, then start it again; or keep it elsewhere: --state DIR",
                    cause);
        }
        return new FeedException(
                Kind.OTHER,
                "the catalog " + file + " cannot be used",
                words,
                "if its disk is well, move it away: the next backup reads everything once more, and stores nothing"
                        + " twice",
                cause);
    }

    /** Whatever a thread of the feed ended with, as what it is to a caller; never without its cause. */
    static IOException of(Path file, Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return catalog(file, sql);
            }
            if (cause instanceof IOException io && !(io.getCause() instanceof SQLException)) {
                return io;
            }
        }
        return new IOException("the feed has ended: " + why, why);
    }

    /** A log that cannot grow is an I/O error to SQLite, so the disk is asked, too. */
    private static boolean isFull(Path file, SQLException cause) {
        if (!(cause instanceof SQLiteException sqlite)) {
            return false;
        }
        SQLiteErrorCode code = sqlite.getResultCode();
        return code == SQLiteErrorCode.SQLITE_FULL
                || (code.name().startsWith("SQLITE_IOERR") && file.toFile().getUsableSpace() < ROOM);
    }

    /** What kind of thing stands in the way. */
    public Kind kind() {
        return kind;
    }

    /** Why, as far as known. */
    public String why() {
        return why;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}

package dev.nightjar.app.output;

/** What a command tells its caller by its exit code. An unknown code is a failure. */
public enum ExitCode {
    DONE(0),
    FAILED(1),
    USAGE(2),
    PARTLY(3),
    NO_REPOSITORY(10),
    LOCKED(11),
    WRONG_PASSWORD(12),
    AWAY(75),
    INTERRUPTED(130);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}

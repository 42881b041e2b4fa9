package dev.nightjar.app.output;

/** Ends a command with a message that is ready to be shown. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient ErrorMessage error;

    public CommandException(ErrorMessage error) {
        super(error.what());
        this.error = error;
    }

    public CommandException(ErrorMessage error, Throwable cause) {
        super(error.what(), cause);
        this.error = error;
    }

    public ErrorMessage error() {
        return error;
    }
}

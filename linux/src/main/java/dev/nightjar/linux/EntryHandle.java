package dev.nightjar.linux;

/**
 * A directory entry as fanotify names it: by the handle of its directory, and its name there.
 *
 * @param name "." when the event is about the directory itself
 */
public record EntryHandle(Handle directory, Name name) {
    private static final Name SELF = Name.of(".");

    /** Whether this is the directory itself. */
    public boolean isSelf() {
        return name.equals(SELF);
    }
}

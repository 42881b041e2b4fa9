package dev.nightjar.linux;

/** What a rename does when the new name is taken. */
public enum RenameMode {
    /** What was there is replaced. */
    REPLACE(0),
    /** The rename fails with {@link ExistsException}. */
    NO_REPLACE(Flags.RENAME_NOREPLACE),
    /** The two change places; both must be there. */
    EXCHANGE(Flags.RENAME_EXCHANGE);

    final int flags;

    RenameMode(int flags) {
        this.flags = flags;
    }
}

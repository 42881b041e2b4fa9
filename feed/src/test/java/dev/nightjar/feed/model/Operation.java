package dev.nightjar.feed.model;

/** What the mutator does to a tree. The table at the end of the model test has a column of counts for each. */
enum Operation {
    CREATE_FILE,
    /** Through a descriptor that was opened some time ago, whatever became of its name. */
    WRITE_HELD,
    OVERWRITE,
    APPEND,
    TRUNCATE,
    OPEN_WITHOUT_WRITING,
    CHANGE_MODE,
    CHANGE_GROUP,
    CHANGE_TIMES,
    SET_XATTR,
    REMOVE_XATTR,
    MAKE_DIRECTORY,
    /** A tree of new directories, filled at once. */
    NEST_AND_FILL,
    MAKE_SYMLINK,
    MAKE_FIFO,
    HARD_LINK,
    /** A second name outside the selection. */
    HARD_LINK_OUT,
    /** A write through a name outside the selection. */
    WRITE_OUTSIDE,
    UNLINK_OUTSIDE,
    RENAME_FILE,
    RENAME_DIRECTORY,
    /** There, back, and there again. */
    RENAME_TO_AND_FRO,
    RENAME_OVER,
    EXCHANGE,
    /** A directory becomes a child of what was its child. */
    TURN_OVER,
    MOVE_OUT,
    MOVE_IN,
    /** To a name that a pattern leaves out. */
    RENAME_TO_LEFT_OUT,
    RENAME_FROM_LEFT_OUT,
    WRITE_IGNORE_FILE,
    REMOVE_IGNORE_FILE,
    /** A name becomes a file, a directory or a symlink, whatever it was not. */
    CHANGE_TYPE,
    UNLINK,
    UNLINK_WHILE_OPEN,
    REMOVE_TREE,
    /** Write a temporary file, rename the old one to a backup, rename the new one to the name. */
    EDITOR_SAVE,
    CREATE_AND_DELETE,
    /** Build a directory aside, and rename it over an old one that was moved away. */
    SWITCH_DIRECTORY;

    /** Whether inotify can see nothing of it, so that its mutator does not do it. */
    boolean needsFanotify() {
        return this == HARD_LINK_OUT || this == WRITE_OUTSIDE || this == UNLINK_OUTSIDE;
    }
}

package dev.nightjar.feed.scan;

/** What keeps a rare wrong from becoming silent. Each can be switched off by a test, which must then go red. */
public enum Safeguard {
    /** A directory hinted since its listing began is listed again (C4). */
    SECOND_LISTING,
    /** A listing never justifies a deletion (C4b). */
    LOOK_BEFORE_DELETION,
    /** A hint about a name is one about its directory (C1). */
    PARENT_HINT,
    /** A file handle that is not ours by its directory is looked up by inode (C3). */
    INODE_LOOKUP,
    /** A look older than the row it would change is dropped (C4). */
    STAMPS,
    /** A look in the same clock tick as the change is repeated (C12). */
    RACILY_CLEAN
}

package dev.nightjar.repository.restore;

/**
 * What becomes of a file that is there already. Directories are always kept and filled; one that stands where something
 * else is to be restored is in the way, and stays.
 */
public enum Overwrite {
    /** It stays as it is. */
    NEVER,
    /** It is replaced if its type, size or modification time differ from the snapshot's; if not, only its metadata is set. */
    IF_CHANGED,
    /** It is replaced if the snapshot's was modified later. */
    IF_NEWER,
    /** It is replaced. */
    ALWAYS
}

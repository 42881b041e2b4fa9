package dev.nightjar.repository.restore;

/** What a restore would do with an entry. */
public enum Fate {
    /** Nothing is there: it is restored. */
    NEW,
    /** It is there, as in the snapshot. */
    SAME,
    /** Something else is there and stays; the old version is put beside it. */
    BESIDE,
    /** Something else is there and stays; nothing is restored. */
    KEPT,
    /** Something else is there and is replaced. */
    REPLACED
}

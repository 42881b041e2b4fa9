package dev.nightjar.repository;

/** What a blob holds. */
public enum BlobType {
    /** A chunk of a file. */
    DATA,
    /** A directory. */
    TREE
}

package dev.nightjar.repository;

/** How a repository is locked. */
public enum LockMode {
    /** Others may read and add at the same time. */
    SHARED,
    /** Nobody else may hold a lock; for removing data. */
    EXCLUSIVE
}

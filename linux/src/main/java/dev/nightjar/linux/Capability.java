package dev.nightjar.linux;

/** What a process may do without being root (capabilities(7)). */
public enum Capability {
    /** Give files away. */
    CHOWN(0),
    /** Read and write every file. */
    DAC_OVERRIDE(1),
    /** Read every file, search every directory, open file handles. */
    DAC_READ_SEARCH(2),
    /** Act as the owner of every file. */
    FOWNER(3),
    /** Keep setuid and setgid when a file changes. */
    FSETID(4),
    /** Mount, and watch whole file systems. */
    SYS_ADMIN(21),
    /** Make device nodes. */
    MKNOD(27);

    final int bit;

    Capability(int bit) {
        this.bit = bit;
    }
}

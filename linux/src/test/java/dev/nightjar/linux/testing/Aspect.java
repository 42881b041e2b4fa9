package dev.nightjar.linux.testing;

/** In what two entries of one path can differ. */
public enum Aspect {
    /** One tree has the name, the other does not. */
    PRESENCE,
    TYPE,
    /** Permission bits, setuid, setgid and sticky included. */
    MODE,
    /** User or group. */
    OWNER,
    SIZE,
    /** The bytes of a file. */
    CONTENT,
    /** The time of modification, to the nanosecond. */
    MTIME,
    /** Names or values of extended attributes, ACLs included. */
    XATTRS,
    /** The target of a symbolic link. */
    TARGET,
    /** Major and minor number of a device node. */
    DEVICE,
    /** Which names are the same file. */
    LINKS,
    /** Whether a file has holes; file systems may choose, so it is not compared unless asked for. */
    HOLES
}

package dev.nightjar.linux;

import java.io.IOException;

/** Told every entry of a directory, with what {@code lstat} said of it, while it is listed. Never "." or "..". */
public interface LookVisitor {
    /** An entry and its stat. */
    void found(Name name, Stat stat) throws IOException;

    /** An entry that was gone when it was looked at. */
    void missing(Name name) throws IOException;

    /** An entry that could not be looked at: nothing is known of it. */
    void failed(Name name, LinuxException problem) throws IOException;
}

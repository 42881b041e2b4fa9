package dev.nightjar.feed;

import dev.nightjar.linux.BytePath;
import java.io.IOException;

/** Told by an audit, on a thread of its own, what it comes across. An exception gives the audit up. */
public interface AuditListener {
    /** How far it is: told after each directory. */
    void compared(long directories, long entries) throws IOException;

    /** The catalog does not say what is on disk, and should. */
    void found(AuditFinding finding) throws IOException;

    /** Nothing can be said about a name and what is below, and why, in the system's words or ours. */
    void notCompared(BytePath path, String why) throws IOException;
}

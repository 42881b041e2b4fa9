package dev.nightjar.linux;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Told every entry of a directory while it is listed. */
@FunctionalInterface
public interface EntryVisitor {
    /**
     * One entry, never "." or "..". It may use the directory, list others, or throw to end the listing.
     *
     * @param type null when the file system did not say
     */
    void entry(Name name, @Nullable FileType type) throws IOException;
}

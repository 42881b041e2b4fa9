package dev.nightjar.repository.look;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** An archive that is being written, one entry after the other. For one thread. */
sealed interface Archive permits TarArchive, ZipArchive {

    /**
     * Adds an entry; directories come before what is in them.
     *
     * @param path relative
     * @param contents of a regular file; null for everything else
     * @return false if this kind of archive cannot hold it; then nothing was written
     */
    boolean add(BytePath path, Node node, @Nullable Contents contents) throws IOException;

    /** Writes the end. Closes nothing. */
    void finish() throws IOException;
}

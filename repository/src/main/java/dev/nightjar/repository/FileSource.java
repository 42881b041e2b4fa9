package dev.nightjar.repository;

import java.io.IOException;

/** A file to be stored. Opened, read to its end once and closed, on a thread of the commit. */
@FunctionalInterface
public interface FileSource {
    /** Opens the file. An {@link IOException} from here or from the source fails that file alone, not the commit. */
    ByteSource open() throws IOException;
}

package dev.nightjar.engine;

import dev.nightjar.feed.Entry;
import java.io.IOException;

/** Hears how a commit gets on. Called on the committing thread, once for each file. */
interface CommitProgress {
    /** Nobody listens. */
    CommitProgress NONE = new CommitProgress() {
        @Override
        public void reading(Entry file) {}

        @Override
        public void done(Entry file) {}
    };

    /** A file was handed to the pipeline. */
    void reading(Entry file) throws IOException;

    /** A file is settled, with or without having been read. */
    void done(Entry file) throws IOException;
}

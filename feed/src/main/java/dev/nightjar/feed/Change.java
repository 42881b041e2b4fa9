package dev.nightjar.feed;

import dev.nightjar.linux.BytePath;
import org.jspecify.annotations.Nullable;

/** One thing that changed since a cursor. Several changes of one name are told as one. */
public sealed interface Change {
    /** Sequence of the last change told by this. */
    long sequence();

    /** The name as it is now, or was until it ceased to be; null is the whole selection (gaps only). */
    @Nullable
    BytePath path();

    /** Whether it is, or was, a directory. */
    boolean directory();

    /** The name is new. */
    record Created(long sequence, BytePath path, boolean directory) implements Change {}

    /** What it is has changed; {@code content} if its bytes may have. */
    record Modified(long sequence, BytePath path, boolean directory, boolean content) implements Change {}

    /** The same file under another name: of a directory, everything below moved with it. */
    record Moved(long sequence, BytePath from, BytePath path, boolean directory, boolean content) implements Change {}

    /** The name ceased to exist, and everything below. */
    record Deleted(long sequence, BytePath path, boolean directory) implements Change {}

    /** The name is no longer part of the selection, nor anything below; the file may well exist. */
    record LeftOut(long sequence, BytePath path, boolean directory) implements Change {}

    /** Anything below the path, and itself, may have changed. */
    record Unknown(long sequence, @Nullable BytePath path, GapReason reason) implements Change {
        @Override
        public boolean directory() {
            return true;
        }
    }
}

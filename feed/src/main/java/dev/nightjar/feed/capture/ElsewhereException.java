package dev.nightjar.feed.capture;

import dev.nightjar.linux.BytePath;
import java.io.IOException;

/** A path does not lead to the directory whose row says so: it, or one above it, moved or ceased. */
final class ElsewhereException extends IOException {
    private static final long serialVersionUID = 1;

    ElsewhereException(BytePath path) {
        super(path + " is another directory than it was");
    }
}

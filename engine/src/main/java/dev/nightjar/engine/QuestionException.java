package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import java.io.IOException;

/** A root vanished, was emptied or changed its filesystem, so nothing is committed until somebody answers (C17). */
public final class QuestionException extends IOException {
    private final transient BytePath root;
    private final String what;

    QuestionException(BytePath root, String message) {
        super(message);
        this.root = root;
        this.what = message;
    }

    /** The root in question. */
    public BytePath root() {
        return root;
    }

    /** What is the matter with it, in words. */
    public String what() {
        return what;
    }
}

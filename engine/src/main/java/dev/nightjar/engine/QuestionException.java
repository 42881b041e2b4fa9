package dev.nightjar.engine;

import dev.nightjar.feed.Question;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A root vanished, was emptied or changed its filesystem, so nothing is committed until somebody answers (C17). */
public final class QuestionException extends IOException {
    private final transient BytePath root;
    private final String what;
    private final transient @Nullable Question question;

    QuestionException(BytePath root, String message, @Nullable Question question) {
        super(message);
        this.root = root;
        this.what = message;
        this.question = question;
    }

    /** The root in question. */
    public BytePath root() {
        return root;
    }

    /** The question that an answer names; null of a root that was never looked at. */
    public @Nullable Question question() {
        return question;
    }

    /** What is the matter with it, in words. */
    public String what() {
        return what;
    }
}

package dev.nightjar.engine;

import dev.nightjar.feed.FeedStatus;
import dev.nightjar.feed.Question;

/** Whether a root is as it was (C17), and if not, what to say. */
final class RootQuestion {
    private RootQuestion() {}

    /**
     * Lets a commit go on or not.
     *
     * @throws QuestionException if the root vanished, was emptied, changed its filesystem or was never looked at
     */
    static void check(FeedStatus.Root root) throws QuestionException {
        Question question = root.question();
        if (question != null) {
            throw new QuestionException(root.path(), question.words(), question);
        }
        String message = switch (root.state()) {
            case PRESENT -> null;
            case NEW -> root.path() + " was not looked at yet";
            case GONE -> root.path() + " is gone";
            case EMPTIED -> root.path() + " was emptied: it had files and has none";
            case FILESYSTEM_CHANGED -> root.path() + " is on another filesystem than it was";
            case UNREADABLE -> root.path() + " cannot be read";
        };
        if (message != null) {
            throw new QuestionException(root.path(), message, null);
        }
    }
}

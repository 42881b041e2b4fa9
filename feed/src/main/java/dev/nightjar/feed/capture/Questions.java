package dev.nightjar.feed.capture;

import dev.nightjar.feed.Question;
import dev.nightjar.feed.RootState;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.catalog.QuestionTable;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;

/** What roots are in question, kept in the catalog, so that it is the same question in the next process (C17). */
final class Questions {
    private final CatalogStore store;
    private final Roots roots;
    private final InstantSource clock;
    private boolean started;

    Questions(CatalogStore store, Roots roots, InstantSource clock) {
        this.store = store;
        this.roots = roots;
        this.clock = clock;
    }

    /** From now on roots are looked at, and answers are acted on at once. */
    void start() {
        started = true;
    }

    /** Takes the answer that was given while nobody watched. */
    void recall(Roots.State root) throws SQLException {
        Question asked = read().get(root.id());
        if (asked != null && asked.answered()) {
            root.accepted(asked.state());
        }
    }

    /** A root is in a state that may not be meant: the question about it, if it was not asked before. */
    void ask(Roots.State root, RootState state) throws SQLException {
        Question before = read().get(root.id());
        if (before != null && before.state() == state && !before.answered()) {
            root.question(before);
            return;
        }
        store.run(connection -> {
            long files = QuestionTable.files(connection, root.id());
            Instant since = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            Question question = new Question(root.path(), state, files, since, false);
            QuestionTable.put(connection, root.id(), question);
            root.question(question);
        });
    }

    /** A root is as it was again, or what became of it was meant and is in the catalog. */
    void close(Roots.State root) throws SQLException {
        root.accepted(null);
        root.question(null);
        if (read().containsKey(root.id())) {
            store.run(connection -> QuestionTable.remove(connection, root.id()));
        }
    }

    /** Takes a yes; false if this is not asked, or yes is no answer to it. */
    boolean answer(String id) throws SQLException {
        for (Map.Entry<Long, Question> open : read().entrySet()) {
            Question question = open.getValue();
            if (!question.id().equals(id) || !question.canBeMeant()) {
                continue;
            }
            if (!started) {
                Question answered =
                        new Question(question.root(), question.state(), question.files(), question.since(), true);
                store.run(connection -> QuestionTable.put(connection, open.getKey(), answered));
                return true;
            }
            Roots.State root = roots.byId(open.getKey());
            if (root != null && root.state() == question.state()) {
                root.accepted(question.state());
                return true;
            }
        }
        return false;
    }

    private Map<Long, Question> read() throws SQLException {
        Map<Long, Question> open = new HashMap<>();
        store.run(connection -> open.putAll(QuestionTable.read(connection)));
        return open;
    }
}

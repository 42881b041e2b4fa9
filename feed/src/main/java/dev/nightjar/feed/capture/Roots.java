package dev.nightjar.feed.capture;

import dev.nightjar.feed.Question;
import dev.nightjar.feed.RootState;
import dev.nightjar.feed.scan.Root;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The roots and what became of them (C17). */
final class Roots {
    /** One root. */
    static final class State {
        private final BytePath path;
        private long id;
        private volatile RootState state = RootState.NEW;
        private volatile @Nullable Question question;
        private @Nullable RootState accepted;
        private long healing;

        private State(BytePath path) {
            this.path = path;
        }

        BytePath path() {
            return path;
        }

        long id() {
            return id;
        }

        void id(long given) {
            id = given;
        }

        RootState state() {
            return state;
        }

        void state(RootState now) {
            state = now;
        }

        /** Whether its rows are kept, whatever is there; all of it is listed once that is over. */
        boolean isInQuestion() {
            return state != RootState.PRESENT && state != RootState.NEW;
        }

        /** What is asked about it; null if nothing is. */
        @Nullable
        Question question() {
            return question;
        }

        void question(@Nullable Question asked) {
            question = asked;
        }

        /** Whether the user said that this is what is meant. */
        boolean accepts(RootState found) {
            return accepted == found;
        }

        void accepted(@Nullable RootState meant) {
            accepted = meant;
        }

        /** The gap with which the question about it ends, once that has healed. */
        long healing() {
            return healing;
        }

        void healing(long gap) {
            healing = gap;
        }

        Root root() {
            return new Root(id, path);
        }
    }

    private final List<State> all = new ArrayList<>();
    private final Counters counters;

    Roots(List<BytePath> paths, Counters counters) {
        this.counters = counters;
        for (BytePath path : paths.stream().sorted().toList()) {
            all.add(new State(path));
        }
    }

    List<State> all() {
        return all;
    }

    /** The root that a path is, or is below. */
    State above(BytePath path) {
        for (State root : all) {
            if (path.startsWith(root.path)) {
                return root;
            }
        }
        throw new IllegalArgumentException(path + " is below no root");
    }

    /** The root with a row, or null. */
    @Nullable
    State byId(long id) {
        for (State root : all) {
            if (root.id == id) {
                return root;
            }
        }
        return null;
    }

    /** Opens a root's path. What it means if that is not possible is for {@link Healing#check} alone to say. */
    Directory open(State root) throws LinuxException {
        return Directory.open(root.path, counters);
    }

    /** Whether rows below may be removed: everywhere but below a root that is in question. */
    boolean settled() {
        return all.stream().allMatch(root -> root.state == RootState.PRESENT);
    }
}

package dev.nightjar.feed.capture;

import dev.nightjar.feed.RootState;
import dev.nightjar.feed.scan.Root;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import java.util.ArrayList;
import java.util.List;

/** The roots and what became of them (C17). */
final class Roots {
    /** One root. */
    static final class State {
        private final BytePath path;
        private long id;
        private volatile RootState state = RootState.NEW;
        private boolean accepted;

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

        /** Whether the user said that what is there is what is meant. */
        boolean accepted() {
            return accepted;
        }

        void accepted(boolean now) {
            accepted = now;
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

    /** Whether a path is below a root that is not there: nothing below can be looked at, and all of it will be when it is. */
    boolean isAway(BytePath path) {
        RootState state = above(path).state();
        return state != RootState.PRESENT && state != RootState.EMPTIED;
    }

    /** The root with a row, or null. */
    @org.jspecify.annotations.Nullable
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

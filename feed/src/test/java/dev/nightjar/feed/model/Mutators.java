package dev.nightjar.feed.model;

import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Mutator processes for one tree: one works on it, or all at once. */
final class Mutators implements AutoCloseable {
    static final int CROWD = 4;

    private final List<MutatorProcess> all = new ArrayList<>();
    private final Set<Long> linked = new HashSet<>();
    private int working;

    Mutators() throws IOException {
        for (int i = 0; i < CROWD; i++) {
            all.add(new MutatorProcess());
        }
    }

    /**
     * Begins to change what is in a place; {@link #await} says when it is done.
     *
     * @param crowd how many do so at once
     * @param operations how many in all
     */
    void begin(RandomGenerator seeds, int crowd, int operations, boolean timid, BytePath place) throws IOException {
        for (MutatorProcess mutator : all.subList(0, crowd)) {
            mutator.begin(seeds.nextLong(), 0, operations / crowd, timid, place);
        }
        working = crowd;
    }

    /** Makes and removes names in the root. */
    void flood(int names, BytePath place) throws IOException {
        MutatorProcess mutator = all.getFirst();
        mutator.begin(0, names, 0, false, place);
        mutator.await();
    }

    /** Waits until all are done, and says what they did. */
    Map<Operation, Integer> await() throws IOException {
        Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
        for (MutatorProcess mutator : all.subList(0, working)) {
            MutatorProcess.Done done = mutator.await();
            done.counts().forEach((operation, count) -> counts.merge(operation, count, Integer::sum));
            linked.addAll(done.linked());
        }
        working = 0;
        return counts;
    }

    /** Inodes that were given a second name since {@link #forget}. */
    Set<Long> linked() {
        return linked;
    }

    /** The tree is another now. */
    void forget() {
        linked.clear();
    }

    @Override
    public void close() throws IOException {
        for (MutatorProcess mutator : all) {
            mutator.close();
        }
    }
}

package dev.nightjar.feed.capture;

import dev.nightjar.feed.BarrierResult;
import dev.nightjar.feed.watch.Watcher;
import dev.nightjar.feed.watch.Watching;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Barriers that are waited for (C8): first for what the kernel had queued, then for all that is dirty since. */
final class Barriers {
    private static final class Barrier {
        private final long number;
        private final CompletableFuture<BarrierResult> done;
        private final Set<Watcher> waitingFor;
        private long armed = DirtySet.NEVER;

        private Barrier(long number, List<Watcher> watchers, CompletableFuture<BarrierResult> done) {
            this.number = number;
            this.waitingFor = new HashSet<>(watchers);
            this.done = done;
        }
    }

    private final List<Barrier> all = new ArrayList<>();
    private long numbers;

    void ask(Watching watching, long now, CompletableFuture<BarrierResult> done) {
        List<Watcher> watchers = watching.watchers();
        Barrier barrier = new Barrier(++numbers, watchers, done);
        all.add(barrier);
        if (watchers.isEmpty()) {
            barrier.armed = now;
        }
        for (Watcher watcher : watchers) {
            watcher.flush(barrier.number);
        }
    }

    /** A watcher has delivered what was queued when it was asked; or it has ended. */
    void flushed(Watcher watcher, long number, long now) {
        for (Barrier barrier : all) {
            if (barrier.number <= number && barrier.waitingFor.remove(watcher) && barrier.waitingFor.isEmpty()) {
                barrier.armed = now;
            }
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** What was hinted until then is looked at without waiting for quiet. */
    long urgent() {
        long urgent = DirtySet.NEVER;
        for (Barrier barrier : all) {
            urgent = Math.max(urgent, barrier.armed);
        }
        return urgent;
    }

    /** Takes those before which nothing is left to be done. */
    List<CompletableFuture<BarrierResult>> passed(DirtySet dirty, Listings listings, Unresolved unresolved) {
        List<CompletableFuture<BarrierResult>> passed = new ArrayList<>();
        all.removeIf(barrier -> {
            boolean done = barrier.armed != DirtySet.NEVER
                    && !dirty.hasSince(barrier.armed)
                    && !listings.hasSince(barrier.armed)
                    && !unresolved.hasSince(barrier.armed);
            if (done) {
                passed.add(barrier.done);
            }
            return done;
        });
        return passed;
    }

    void fail(Throwable why) {
        for (Barrier barrier : all) {
            barrier.done.completeExceptionally(why);
        }
        all.clear();
    }
}

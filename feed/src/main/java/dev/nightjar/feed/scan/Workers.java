package dev.nightjar.feed.scan;

import dev.nightjar.feed.catalog.Readers;
import dev.nightjar.feed.watch.Watching;
import dev.nightjar.linux.Counters;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The threads that list directories. Tasks asked for last are done first, so that few wait. */
public final class Workers implements AutoCloseable {
    /**
     * What all workers share.
     *
     * @param watching what is made sure of before a directory is listed
     * @param safeguards those that are on
     * @param stamps gives a number greater than any before
     */
    public record Setting(
            Looking looking,
            Readers readers,
            RuleFiles ruleFiles,
            Borders borders,
            Watching watching,
            FilesystemBook filesystems,
            Set<Safeguard> safeguards,
            LongSupplier stamps,
            Counters counters,
            InstantSource clock) {
        /**
         * The same for listings that the feed does not ask for: they count by themselves.
         *
         * @param nothing watches nothing, since it was not enabled
         */
        public Setting beside(Watching nothing) {
            return new Setting(
                    looking,
                    readers,
                    ruleFiles,
                    borders,
                    nothing,
                    filesystems,
                    safeguards,
                    stamps,
                    new Counters(),
                    clock);
        }
    }

    /** Where results go; may make the worker wait. */
    public interface Results {
        /** Takes a part. */
        void put(ListingResult result) throws InterruptedException;
    }

    private final Deque<ListingTask> tasks = new ArrayDeque<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Setting setting;
    private final Results results;
    private final Consumer<Throwable> failure;
    private boolean closed;

    /** Starts the threads; a failure that is not about a file ends them and is told. */
    public Workers(int count, Setting setting, Results results, Consumer<Throwable> failure) {
        this.setting = setting;
        this.results = results;
        this.failure = failure;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().daemon().name("nightjar-scan-" + i).start(this::run));
        }
    }

    /** Adds tasks. */
    public void add(List<ListingTask> more) {
        synchronized (tasks) {
            for (ListingTask task : more) {
                tasks.push(task);
            }
            tasks.notifyAll();
        }
    }

    private void run() {
        Lister lister = new Lister(setting, results::put);
        try {
            while (true) {
                ListingTask task = take();
                if (task == null) {
                    return;
                }
                lister.list(task);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            boolean ending;
            synchronized (tasks) {
                ending = closed;
            }
            if (!ending) {
                failure.accept(e);
            }
        }
    }

    private @Nullable ListingTask take() throws InterruptedException {
        synchronized (tasks) {
            while (tasks.isEmpty() && !closed) {
                tasks.wait();
            }
            return closed ? null : tasks.pop();
        }
    }

    /** Ends the threads; tasks not begun are dropped. */
    @Override
    public void close() {
        synchronized (tasks) {
            closed = true;
            tasks.notifyAll();
        }
        for (Thread thread : threads) {
            thread.interrupt();
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package dev.nightjar.feed.capture;

import dev.nightjar.feed.scan.ListingResult;
import dev.nightjar.feed.scan.Workers;
import dev.nightjar.feed.watch.Event;
import dev.nightjar.feed.watch.EventSink;
import dev.nightjar.feed.watch.Watcher;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other threads want the capture thread to know: bounded, so that they wait. While the readers of kernel queues wait,
 * the kernel keeps the events, and says so when it cannot.
 */
public final class Inbox implements EventSink, Workers.Results {
    private static final int RESULTS = 64;
    private static final int WORKS = 1024;

    /** A message from a watcher's thread; order among them is kept. */
    sealed interface Message {
        record Events(List<Event> events) implements Message {}

        record Overflow() implements Message {}

        record Flushed(Watcher watcher, long number) implements Message {}

        record MountsChanged() implements Message {}

        record MountsUnwatched(IOException problem) implements Message {}

        record Failed(Watcher watcher, IOException problem) implements Message {}
    }

    /** Something to be done on the capture thread. */
    interface Work {
        void run();

        /** It will not be done. */
        void fail(Throwable why);
    }

    private final Deque<Message> messages = new ArrayDeque<>();
    private final Deque<ListingResult> results = new ArrayDeque<>();
    private final Deque<Work> works = new ArrayDeque<>();
    private final int batches;
    private boolean closed;
    private long overflows;

    /** Holds so many batches of events. */
    public Inbox(int batches) {
        this.batches = batches;
    }

    @Override
    public void events(List<Event> events) throws InterruptedException {
        put(new Message.Events(events));
    }

    @Override
    public void overflow() throws InterruptedException {
        synchronized (this) {
            overflows++;
        }
        put(new Message.Overflow());
    }

    @Override
    public void flushed(Watcher watcher, long number) throws InterruptedException {
        put(new Message.Flushed(watcher, number));
    }

    @Override
    public void mountsChanged() throws InterruptedException {
        put(new Message.MountsChanged());
    }

    @Override
    public void mountsUnwatched(IOException problem) throws InterruptedException {
        put(new Message.MountsUnwatched(problem));
    }

    @Override
    public void failed(Watcher watcher, IOException problem) throws InterruptedException {
        put(new Message.Failed(watcher, problem));
    }

    private synchronized void put(Message message) throws InterruptedException {
        while (messages.size() >= batches && !closed) {
            wait();
        }
        messages.add(message);
        notifyAll();
    }

    @Override
    public synchronized void put(ListingResult result) throws InterruptedException {
        while (results.size() >= RESULTS && !closed) {
            wait();
        }
        results.add(result);
        notifyAll();
    }

    /** Has something done on the capture thread; false if it has ended. */
    synchronized boolean put(Work work) throws InterruptedException {
        while (works.size() >= WORKS && !closed) {
            wait();
        }
        if (closed) {
            return false;
        }
        works.add(work);
        notifyAll();
        return true;
    }

    synchronized @Nullable Message message() {
        Message message = messages.poll();
        notifyAll();
        return message;
    }

    synchronized @Nullable ListingResult result() {
        ListingResult result = results.poll();
        notifyAll();
        return result;
    }

    synchronized @Nullable Work work() {
        Work work = works.poll();
        notifyAll();
        return work;
    }

    synchronized boolean isEmpty() {
        return messages.isEmpty() && results.isEmpty() && works.isEmpty();
    }

    /** Waits until there is something, or the time has come; negative is for ever. */
    synchronized void await(long nanos, boolean messagesToo) throws InterruptedException {
        long deadline = System.nanoTime() + nanos;
        while (!closed && results.isEmpty() && works.isEmpty() && (messages.isEmpty() || !messagesToo)) {
            if (nanos < 0) {
                wait();
            } else {
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    return;
                }
                wait(left / 1_000_000, (int) (left % 1_000_000));
            }
        }
    }

    /** Ends the capture thread from outside. */
    public void end() {
        close();
    }

    /** Whether nothing more will be answered. */
    public synchronized boolean hasEnded() {
        return closed;
    }

    /** How often the kernel dropped events. */
    public synchronized long overflows() {
        return overflows;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    /** Nobody waits any longer. What is in it may still be taken. */
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}

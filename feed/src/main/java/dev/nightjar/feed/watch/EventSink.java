package dev.nightjar.feed.watch;

import java.io.IOException;
import java.util.List;

/** Where a watcher's thread delivers. */
public interface EventSink {
    /** Events in the order they were read; waits while there is no room. */
    void events(List<Event> events) throws InterruptedException;

    /** The kernel dropped events before those that follow. */
    void overflow() throws InterruptedException;

    /** All that was queued when the flush of this number was asked for has been delivered. */
    void flushed(Watcher watcher, long number) throws InterruptedException;

    /** Something was mounted or unmounted. */
    void mountsChanged() throws InterruptedException;

    /** Nothing more will be heard of mounts and unmounts. */
    void mountsUnwatched(IOException problem) throws InterruptedException;

    /** The watcher has ended: nothing more is known. */
    void failed(Watcher watcher, IOException problem) throws InterruptedException;
}

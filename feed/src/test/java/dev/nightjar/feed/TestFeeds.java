package dev.nightjar.feed;

import java.io.IOException;

/** Opens feeds with {@link Internals} of their own, for the tests of other packages. */
public final class TestFeeds {
    private TestFeeds() {}

    /** A feed whose queues run over all the time: twenty events in the kernel's, one batch on its way. */
    public static ChangeFeed withTinyQueues(FeedOptions options) throws IOException {
        return ChangeFeed.open(options, Internals.withQueues(20, 1));
    }
}

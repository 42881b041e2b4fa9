package dev.nightjar.engine;

import dev.nightjar.linux.Counters;
import dev.nightjar.repository.CommitCounters;
import java.time.Duration;

/** Measures one commit. */
final class Work {
    private final long begun;
    private final Counters counters;
    private final long filesBefore;
    private final long bytesBefore;

    Work(long begun, Counters counters) {
        this.begun = begun;
        this.counters = counters;
        this.filesBefore = counters.filesOpened();
        this.bytesBefore = counters.bytesRead();
    }

    CommitReport.Work done(CommitRun run, Trees trees, long directoriesListed) {
        CommitCounters stored = run.commit().counters();
        return new CommitReport.Work(
                directoriesListed,
                counters.filesOpened() - filesBefore,
                counters.bytesRead() - bytesBefore,
                stored.bytesWritten(),
                trees.built(),
                stored.newDataBlobs(),
                stored.newTreeBlobs(),
                Duration.ofNanos(System.nanoTime() - begun));
    }
}

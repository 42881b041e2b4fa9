package dev.nightjar.feed.audit;

import dev.nightjar.feed.watch.Threads;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.ThisProcess;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Work that nobody should notice: done by a thread that gets what disk and processor have left (C20). */
final class Humbly {
    private Humbly() {}

    /** Does it; an interrupt of the caller ends it. */
    static <T> T call(Callable<T> work) throws IOException, InterruptedException {
        FutureTask<T> task = new FutureTask<>(() -> {
            standBack();
            return work.call();
        });
        Thread thread = Thread.ofPlatform().daemon().name("nightjar-audit").start(task);
        try {
            return task.get();
        } catch (InterruptedException e) {
            thread.interrupt();
            Threads.join(thread); // it has let go of its files then
            throw e;
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case IOException io -> throw io;
                case InterruptedException interrupted -> throw interrupted;
                case null, default -> throw new IOException(e.getCause());
            }
        }
    }

    private static void standBack() {
        try {
            ThisProcess.humbleThread();
        } catch (LinuxException e) {
            return; // where that is forbidden it is as loud as others
        }
    }
}

package dev.nightjar.feed;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

@Tag("root")
class AuditFanotifyTest extends AuditContract {
    AuditFanotifyTest() throws IOException {
        super(WatcherChoice.FANOTIFY, Path.of("/dev/shm"));
    }
}

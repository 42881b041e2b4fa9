package dev.nightjar.feed;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;

/** On the filesystem that the sources are on. */
@Tag("root")
class FanotifyDiskTest extends ChangeFeedContract {
    FanotifyDiskTest() throws IOException {
        super(WatcherChoice.FANOTIFY, Path.of("target"));
    }
}

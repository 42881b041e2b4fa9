package dev.nightjar.feed;

import java.io.IOException;
import java.nio.file.Path;

class InotifyTmpfsTest extends ChangeFeedContract {
    InotifyTmpfsTest() throws IOException {
        super(WatcherChoice.INOTIFY, Path.of("/dev/shm"));
    }
}

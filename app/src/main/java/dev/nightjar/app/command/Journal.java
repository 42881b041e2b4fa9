package dev.nightjar.app.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether stdout goes to journald, which adds the time itself (systemd.exec(5), JOURNAL_STREAM). */
final class Journal {
    private Journal() {}

    static boolean isOurs(Map<String, String> environment) {
        String stream = environment.getOrDefault("JOURNAL_STREAM", "");
        if (stream.isEmpty()) {
            return false;
        }
        try {
            Path stdout = Path.of("/proc/self/fd/1");
            return stream.equals(Files.getAttribute(stdout, "unix:dev") + ":" + Files.getAttribute(stdout, "unix:ino"));
        } catch (IOException _) {
            return false;
        }
    }
}

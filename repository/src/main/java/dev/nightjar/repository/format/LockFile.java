package dev.nightjar.repository.format;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockInfo;
import dev.nightjar.repository.RepositoryException;
import java.io.InputStream;
import java.time.Instant;

/** The JSON of a lock file. */
public final class LockFile {
    private LockFile() {}

    public static byte[] encode(LockInfo lock) {
        return Json.write(g -> {
            g.writeStringProperty("time", Times.write(lock.time()));
            g.writeBooleanProperty("exclusive", lock.exclusive());
            g.writeStringProperty("hostname", lock.hostname());
            g.writeStringProperty("username", lock.username());
            g.writeNumberProperty("pid", lock.pid());
        });
    }

    public static LockInfo decode(Id id, InputStream in) throws RepositoryException {
        var fields = new Object() {
            Instant time = Instant.EPOCH;
            boolean exclusive;
            String hostname = "";
            String username = "";
            int pid;
        };
        Json.read(
                "lock " + id.shortHex(),
                in,
                document -> Json.object(document, (name, p) -> {
                    switch (name) {
                        case "time" -> fields.time = Times.read(p.getString());
                        case "exclusive" -> fields.exclusive = p.getBooleanValue();
                        case "hostname" -> fields.hostname = Json.string(p);
                        case "username" -> fields.username = Json.string(p);
                        case "pid" -> fields.pid = p.getIntValue();
                        default -> {}
                    }
                }));
        return new LockInfo(id, fields.time, fields.exclusive, fields.hostname, fields.username, fields.pid);
    }
}

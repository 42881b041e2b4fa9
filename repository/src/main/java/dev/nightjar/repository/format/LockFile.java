package dev.nightjar.repository.format;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockInfo;
import dev.nightjar.repository.LockOwner;
import dev.nightjar.repository.RepositoryException;
import java.io.InputStream;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

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
            LockOwner owner = lock.owner();
            if (owner != null) {
                g.writeName("nightjar");
                g.writeStartObject();
                g.writeStringProperty("state", owner.state());
                g.writeStringProperty("boot", owner.boot());
                g.writeStringProperty("processes", owner.processes());
                g.writeNumberProperty("started", owner.started());
                g.writeEndObject();
            }
        });
    }

    public static LockInfo decode(Id id, InputStream in) throws RepositoryException {
        var fields = new Object() {
            Instant time = Instant.EPOCH;
            boolean exclusive;
            String hostname = "";
            String username = "";
            int pid;

            @Nullable
            LockOwner owner;
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
                        case "nightjar" -> fields.owner = owner(p);
                        default -> {}
                    }
                }));
        return new LockInfo(
                id, fields.time, fields.exclusive, fields.hostname, fields.username, fields.pid, fields.owner);
    }

    private static LockOwner owner(JsonParser parser) throws RepositoryException {
        var fields = new Object() {
            String state = "";
            String boot = "";
            String processes = "";
            long started;
        };
        Json.object(parser, (name, p) -> {
            switch (name) {
                case "state" -> fields.state = Json.string(p);
                case "boot" -> fields.boot = Json.string(p);
                case "processes" -> fields.processes = Json.string(p);
                case "started" -> fields.started = p.getLongValue();
                default -> {}
            }
        });
        return new LockOwner(fields.state, fields.boot, fields.processes, fields.started);
    }
}

package dev.nightjar.repository.format;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.SnapshotSummary;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;

/** The JSON of a snapshot, in restic's order; what is empty is left out. */
public final class SnapshotFile {
    private SnapshotFile() {}

    public static byte[] encode(Snapshot snapshot) {
        return Json.write(g -> {
            g.writeStringProperty("time", Times.write(snapshot.time()));
            id(g, "parent", snapshot.parent());
            g.writeStringProperty("tree", snapshot.tree().hex());
            Json.strings(g, "paths", snapshot.paths());
            text(g, "hostname", snapshot.hostname());
            text(g, "username", snapshot.username());
            number(g, "uid", snapshot.uid());
            number(g, "gid", snapshot.gid());
            list(g, "excludes", snapshot.excludes());
            list(g, "tags", snapshot.tags());
            id(g, "original", snapshot.original());
            text(g, "program_version", snapshot.programVersion());
            SnapshotSummary summary = snapshot.summary();
            if (summary != null) {
                summary(g, summary);
            }
        });
    }

    private static void summary(JsonGenerator g, SnapshotSummary s) {
        g.writeName("summary");
        g.writeStartObject();
        g.writeStringProperty("backup_start", Times.write(s.backupStart()));
        g.writeStringProperty("backup_end", Times.write(s.backupEnd()));
        g.writeNumberProperty("files_new", s.filesNew());
        g.writeNumberProperty("files_changed", s.filesChanged());
        g.writeNumberProperty("files_unmodified", s.filesUnmodified());
        g.writeNumberProperty("dirs_new", s.dirsNew());
        g.writeNumberProperty("dirs_changed", s.dirsChanged());
        g.writeNumberProperty("dirs_unmodified", s.dirsUnmodified());
        g.writeNumberProperty("data_blobs", s.dataBlobs());
        g.writeNumberProperty("tree_blobs", s.treeBlobs());
        g.writeNumberProperty("data_added", s.dataAdded());
        g.writeNumberProperty("data_added_packed", s.dataAddedPacked());
        g.writeNumberProperty("total_files_processed", s.totalFilesProcessed());
        g.writeNumberProperty("total_bytes_processed", s.totalBytesProcessed());
        g.writeEndObject();
    }

    private static void id(JsonGenerator g, String name, @Nullable Id id) {
        if (id != null) {
            g.writeStringProperty(name, id.hex());
        }
    }

    private static void text(JsonGenerator g, String name, String text) {
        if (!text.isEmpty()) {
            g.writeStringProperty(name, text);
        }
    }

    private static void number(JsonGenerator g, String name, int number) {
        if (number != 0) {
            g.writeNumberProperty(name, Integer.toUnsignedLong(number));
        }
    }

    private static void list(JsonGenerator g, String name, List<String> list) {
        if (!list.isEmpty()) {
            Json.strings(g, name, list);
        }
    }

    /** Reads a snapshot named {@code id}. */
    public static Snapshot decode(Id id, InputStream in) throws RepositoryException {
        var fields = new Object() {
            Instant time = Instant.EPOCH;

            @Nullable
            Id parent;

            @Nullable
            Id tree;

            List<String> paths = List.of();
            String hostname = "";
            String username = "";
            int uid;
            int gid;
            List<String> excludes = List.of();
            List<String> tags = List.of();

            @Nullable
            Id original;

            String programVersion = "";

            @Nullable
            SnapshotSummary summary;
        };
        String what = "snapshot " + id.shortHex();
        Json.read(what, in, document -> {
            Json.object(document, (name, p) -> {
                switch (name) {
                    case "time" -> fields.time = Times.read(p.getString());
                    case "parent" -> fields.parent = idOrNull(p);
                    case "tree" -> fields.tree = idOrNull(p);
                    case "paths" -> fields.paths = Json.strings(p);
                    case "hostname" -> fields.hostname = Json.string(p);
                    case "username" -> fields.username = Json.string(p);
                    case "uid" -> fields.uid = (int) p.getLongValue();
                    case "gid" -> fields.gid = (int) p.getLongValue();
                    case "excludes" -> fields.excludes = Json.strings(p);
                    case "tags" -> fields.tags = Json.strings(p);
                    case "original" -> fields.original = idOrNull(p);
                    case "program_version" -> fields.programVersion = Json.string(p);
                    case "summary" -> fields.summary = summary(p);
                    default -> {}
                }
            });
            if (fields.tree == null) {
                throw new IllegalArgumentException("it names no tree");
            }
        });
        return new Snapshot(
                id,
                fields.time,
                fields.parent,
                java.util.Objects.requireNonNull(fields.tree),
                fields.paths,
                fields.hostname,
                fields.username,
                fields.uid,
                fields.gid,
                fields.excludes,
                fields.tags,
                fields.original,
                fields.programVersion,
                fields.summary);
    }

    /**
     * The JSON of a snapshot with another tree and one more tag. All else stays as it is, fields included that nobody here
     * knows; {@code original} is the first id of the snapshot, if it has none yet.
     *
     * @param id its name so far
     */
    public static byte[] withTree(Id id, byte[] json, Id tree, String tag) throws RepositoryException {
        Snapshot before = decode(id, new ByteArrayInputStream(json));
        List<String> tags = new ArrayList<>(before.tags());
        if (!tags.contains(tag)) {
            tags.add(tag);
        }
        Id original = before.original() == null ? id : before.original();
        return Json.rewrite("snapshot " + id.shortHex(), json, Set.of("tree", "tags", "original"), g -> {
            g.writeStringProperty("tree", tree.hex());
            list(g, "tags", tags);
            g.writeStringProperty("original", original.hex());
        });
    }

    private static @Nullable Id idOrNull(JsonParser parser) {
        String hex = Json.string(parser);
        return hex.isEmpty() ? null : Id.parse(hex);
    }

    private static @Nullable SnapshotSummary summary(JsonParser parser) throws RepositoryException {
        if (!parser.isExpectedStartObjectToken()) {
            return null;
        }
        Map<String, Long> numbers = new HashMap<>();
        Map<String, Instant> times = new HashMap<>();
        Json.object(parser, (name, p) -> {
            switch (p.currentToken()) {
                case VALUE_NUMBER_INT -> numbers.put(name, p.getLongValue());
                case VALUE_STRING -> {
                    if (name.equals("backup_start") || name.equals("backup_end")) {
                        times.put(name, Times.read(p.getString()));
                    }
                }
                default -> {}
            }
        });
        return new SnapshotSummary(
                times.getOrDefault("backup_start", Instant.EPOCH),
                times.getOrDefault("backup_end", Instant.EPOCH),
                numbers.getOrDefault("files_new", 0L),
                numbers.getOrDefault("files_changed", 0L),
                numbers.getOrDefault("files_unmodified", 0L),
                numbers.getOrDefault("dirs_new", 0L),
                numbers.getOrDefault("dirs_changed", 0L),
                numbers.getOrDefault("dirs_unmodified", 0L),
                numbers.getOrDefault("data_blobs", 0L),
                numbers.getOrDefault("tree_blobs", 0L),
                numbers.getOrDefault("data_added", 0L),
                numbers.getOrDefault("data_added_packed", 0L),
                numbers.getOrDefault("total_files_processed", 0L),
                numbers.getOrDefault("total_bytes_processed", 0L));
    }
}

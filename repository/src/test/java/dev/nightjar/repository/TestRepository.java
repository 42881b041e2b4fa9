package dev.nightjar.repository;

import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.storage.LocalStorage;
import dev.nightjar.repository.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Repositories for tests: a cheap password, and snapshots of one flat directory. */
public final class TestRepository {
    public static final byte[] PASSWORD = "geheim".getBytes(StandardCharsets.UTF_8);
    private static final KeyFile.Cost CHEAP = new KeyFile.Cost(16, 8, 1);

    private TestRepository() {}

    public static RepositoryContext context(Path directory) {
        return context(directory, InstantSource.system());
    }

    public static RepositoryContext context(Path directory, InstantSource clock) {
        return context(directory, clock, Machine.THIS);
    }

    public static RepositoryContext context(Path directory, InstantSource clock, Machine machine) {
        return new RepositoryContext(
                directory.resolve("cache"), clock, new SecureRandom(), "testhost", "tester", machine);
    }

    public static Repository init(Path directory) throws RepositoryException {
        return init(new LocalStorage(directory.resolve("repo")), context(directory));
    }

    public static Repository init(Storage storage, RepositoryContext context) throws RepositoryException {
        return Repository.init(storage, PASSWORD, context, CHEAP);
    }

    public static Repository open(Path directory) throws RepositoryException {
        return Repository.open(new LocalStorage(directory.resolve("repo")), PASSWORD, context(directory));
    }

    /** Stores files, and a snapshot whose tree is one directory that holds them. */
    public static Id commit(Repository repository, Map<String, byte[]> files) throws Exception {
        try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            return commit.finish(snapshot(storeFlat(commit, files), null));
        }
    }

    public static Id storeFlat(Commit commit, Map<String, byte[]> files) throws Exception {
        var contents = new TreeMap<String, java.util.concurrent.Future<FileContent>>();
        for (var file : files.entrySet()) {
            contents.put(file.getKey(), commit.store(source(file.getValue())));
        }
        List<String> nodes = new ArrayList<>();
        for (var content : contents.entrySet()) {
            nodes.add(node(content.getKey(), content.getValue().get()));
        }
        String json = "{\"nodes\":[" + String.join(",", nodes) + "]}\n";
        return commit.storeTree(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String node(String name, FileContent content) {
        List<String> ids =
                content.blobs().stream().map(id -> '"' + id.hex() + '"').toList();
        return "{\"name\":\"" + name + "\",\"type\":\"file\",\"mode\":420,\"mtime\":\"2026-01-02T03:04:05Z\","
                + "\"atime\":\"2026-01-02T03:04:05Z\",\"ctime\":\"2026-01-02T03:04:05Z\",\"uid\":0,\"gid\":0,"
                + "\"inode\":7,\"size\":" + content.size() + ",\"links\":1,\"content\":["
                + String.join(",", ids) + "]}";
    }

    public static Snapshot snapshot(Id tree, @Nullable Id parent) {
        return new Snapshot(
                null,
                Instant.parse("2026-05-06T07:08:09.123456789Z"),
                parent,
                tree,
                List.of("/flat"),
                "testhost",
                "tester",
                0,
                0,
                List.of(),
                List.of(),
                null,
                "nightjar test",
                null);
    }

    public static FileSource source(byte[] bytes) {
        return () -> new ByteSource() {
            private int position;

            @Override
            public int read(byte[] buffer, int offset, int length) {
                if (position == bytes.length) {
                    return -1;
                }
                int count = Math.min(length, bytes.length - position);
                System.arraycopy(bytes, position, buffer, offset, count);
                position += count;
                return count;
            }

            @Override
            public void close() {}
        };
    }

    public static FileSource failing(IOException failure) {
        return () -> {
            throw failure;
        };
    }
}

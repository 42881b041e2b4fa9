package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import dev.nightjar.repository.ByteSource;
import dev.nightjar.repository.Commit;
import dev.nightjar.repository.CommitOptions;
import dev.nightjar.repository.FileContent;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A backup as plain as can be: walks a directory and saves it. */
public final class TestBackup {

    private TestBackup() {}

    /** Saves what is in the directory; the snapshot's root tree stands for the directory itself. */
    public static Snapshot save(Repository repository, BytePath source) throws Exception {
        try (Directory directory = Directory.open(source);
                Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            return finish(repository, commit, tree(commit, directory));
        }
    }

    /** A snapshot of trees that are given as text, "@0", "@1" in them being the ids of the trees before. */
    public static Snapshot ofTrees(Repository repository, List<String> trees, byte[] content) throws Exception {
        try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            FileContent stored = commit.store(() -> source(content)).get();
            List<Id> ids = new ArrayList<>();
            for (String tree : trees) {
                String json = tree.replace("@content", stored.blobs().getFirst().hex());
                for (int i = 0; i < ids.size(); i++) {
                    json = json.replace("@" + i, ids.get(i).hex());
                }
                ids.add(commit.storeTree(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8))));
            }
            return finish(repository, commit, ids.getLast());
        }
    }

    private static Snapshot finish(Repository repository, Commit commit, Id tree) throws Exception {
        Id id = commit.finish(new Snapshot(
                null,
                Instant.parse("2026-05-06T07:08:09Z"),
                null,
                tree,
                List.of("/"),
                "testhost",
                "tester",
                0,
                0,
                List.of(),
                List.of(),
                null,
                "nightjar test",
                null));
        return repository.snapshot(id);
    }

    private static Id tree(Commit commit, Directory directory) throws Exception {
        TreeSet<Name> names = new TreeSet<>();
        directory.list((name, _) -> names.add(name));
        TreeWriter writer = new TreeWriter();
        for (Name name : names) {
            Stat stat = directory.stat(name);
            if (stat.type() != FileType.SOCKET) {
                writer.add(node(commit, directory, name, stat));
            }
        }
        return commit.storeTree(writer.finish());
    }

    private static Node node(Commit commit, Directory directory, Name name, Stat stat) throws Exception {
        byte @Nullable [] target = null;
        List<Id> content = null;
        Id subtree = null;
        switch (stat.type()) {
            case FILE ->
                content = commit.store(() -> source(directory.openFile(name)))
                        .get()
                        .blobs();
            case DIRECTORY -> {
                try (Directory child = directory.openDirectory(name)) {
                    subtree = tree(commit, child);
                }
            }
            case SYMLINK -> target = directory.readLink(name);
            case FIFO, SOCKET, BLOCK_DEVICE, CHARACTER_DEVICE -> {}
        }
        return Node.of(name, stat, null, null, target, directory.xattrs(name), content, subtree);
    }

    private static ByteSource source(OpenFile file) {
        return new ByteSource() {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return file.read(buffer, offset, length);
            }

            @Override
            public void close() throws IOException {
                file.close();
            }
        };
    }

    private static ByteSource source(byte[] bytes) {
        return new ByteSource() {
            private int position;

            @Override
            public int read(byte[] buffer, int offset, int length) {
                int count = Math.min(length, bytes.length - position);
                System.arraycopy(bytes, position, buffer, offset, count);
                position += count;
                return count == 0 ? -1 : count;
            }

            @Override
            public void close() {}
        };
    }
}

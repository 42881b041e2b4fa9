package dev.nightjar.repository.index;

import dev.nightjar.repository.Id;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The file that says that a table's files can be used, and what is in them. Ends in its own SHA-256. */
record SavedIndex(long capacity, long count, List<Id> packs, List<Id> files) {
    private static final String NAME = "state";
    private static final long MAGIC = 0x6e6a_696e_6465_7831L;

    SavedIndex {
        packs = List.copyOf(packs);
        files = List.copyOf(files);
    }

    /** What was saved for this repository; null if nothing was, or if it cannot be trusted. */
    static @Nullable SavedIndex read(Path directory, Id repository) {
        Path file = directory.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                return null;
            }
            byte[] bytes = Files.readAllBytes(file);
            int length = bytes.length - Id.LENGTH;
            if (length < 0) {
                return null;
            }
            byte[] content = Arrays.copyOf(bytes, length);
            if (!Id.sha256(content).equals(Id.of(bytes, length))) {
                return null;
            }
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(content));
            if (in.readLong() != MAGIC || !id(in).equals(repository)) {
                return null;
            }
            return new SavedIndex(in.readLong(), in.readLong(), ids(in), ids(in));
        } catch (IOException e) {
            return null;
        }
    }

    private static Id id(DataInputStream in) throws IOException {
        byte[] id = new byte[Id.LENGTH];
        in.readFully(id);
        return Id.of(id);
    }

    private static List<Id> ids(DataInputStream in) throws IOException {
        int count = in.readInt();
        List<Id> ids = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ids.add(id(in));
        }
        return ids;
    }

    void write(Path directory, Id repository) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeLong(MAGIC);
        out.write(repository.bytes());
        out.writeLong(capacity);
        out.writeLong(count);
        for (List<Id> ids : List.of(packs, files)) {
            out.writeInt(ids.size());
            for (Id id : ids) {
                out.write(id.bytes());
            }
        }
        out.flush();
        byte[] content = bytes.toByteArray();
        Path temporary = directory.resolve(NAME + ".new");
        try (FileChannel channel = FileChannel.open(
                temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            for (byte[] part : List.of(content, Id.sha256(content).bytes())) {
                ByteBuffer buffer = ByteBuffer.wrap(part);
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
            }
            channel.force(true);
        }
        Files.move(temporary, directory.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    }

    static void forget(Path directory) throws IOException {
        Files.deleteIfExists(directory.resolve(NAME));
    }
}

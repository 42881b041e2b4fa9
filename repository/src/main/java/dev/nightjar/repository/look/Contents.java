package dev.nightjar.repository.look;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The content of one regular file in a repository, given out blob by blob. */
final class Contents {
    private final Repository repository;
    private final BytePath path;
    private final List<Id> blobs;
    private final long size;

    /**
     * Looks all blobs up, so that the size is known and nothing is begun that cannot be ended.
     *
     * @throws CorruptException if a blob is in no index
     */
    Contents(Repository repository, BytePath path, Node node) throws CorruptException {
        this.repository = repository;
        this.path = path;
        if (node.content() == null) {
            throw damaged("its content is not recorded", null);
        }
        this.blobs = node.content();
        long sum = 0;
        for (Id id : blobs) {
            PackLocation location = repository.locate(BlobType.DATA, id);
            if (location == null) {
                throw damaged("blob " + id.shortHex() + " is missing; no index file names it", null);
            }
            sum += location.size();
        }
        this.size = sum;
    }

    /** Bytes of the file, as its blobs have them; what its node says may differ. */
    long size() {
        return size;
    }

    /** Writes all of it. */
    void writeTo(OutputStream out) throws IOException {
        Id loaded = null;
        byte[] blob = {};
        for (Id id : blobs) {
            Steps.mayGoOn();
            // Long holes are one blob again and again.
            if (!id.equals(loaded)) {
                blob = load(id);
                loaded = id;
            }
            out.write(blob);
        }
    }

    private byte[] load(Id id) throws IOException {
        try {
            return repository.loadBlob(BlobType.DATA, id);
        } catch (CorruptException e) {
            throw damaged(e.what() + ": " + e.why(), e);
        }
    }

    private CorruptException damaged(String why, @Nullable CorruptException cause) {
        return new CorruptException("the content of " + path + " is damaged", why, cause);
    }
}

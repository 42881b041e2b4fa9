package dev.nightjar.engine;

import dev.nightjar.feed.Entry;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.repository.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A row of the catalog beside what the ledger knows of it, while a commit works on its directory. */
final class Line {
    private final Entry entry;
    private @Nullable Content content;
    private @Nullable Id tree;
    private @Nullable Stat seen;
    private boolean leftOut;

    Line(Entry entry) {
        this.entry = entry;
    }

    Entry entry() {
        return entry;
    }

    /** What the ledger, or this commit, has of the file's bytes. */
    @Nullable
    Content content() {
        return content;
    }

    void content(@Nullable Content known) {
        this.content = known;
    }

    /** The tree of a directory that is believed to be in the repository. */
    @Nullable
    Id tree() {
        return tree;
    }

    void tree(Id known) {
        this.tree = known;
    }

    /** The bytes are those of a file that was other than its row: this is what it was. */
    void seen(Stat stat) {
        this.seen = stat;
    }

    /** Whether the bytes are of a file that was other than its row. */
    boolean wasOther() {
        return seen != null;
    }

    /** The entry cannot be in this snapshot. */
    void leaveOut() {
        this.leftOut = true;
    }

    boolean isLeftOut() {
        return leftOut;
    }

    /** The ids of the bytes; empty when there are none. */
    List<Id> blobs() {
        Content known = content;
        return known == null ? List.of() : known.ids();
    }

    /**
     * What a snapshot says of the file. It never gives old bytes new times: whoever compares times would take them for
     * the new bytes.
     */
    Stat stat() {
        Stat other = seen;
        Content known = content;
        if (known == null) {
            return ofRow(entry.size(), entry.mtime(), entry.ctime());
        }
        if (other != null) {
            return new Stat(
                    entry.filesystem(),
                    other.inode(),
                    other.mode(),
                    other.links(),
                    other.uid(),
                    other.gid(),
                    0,
                    known.size(),
                    other.mtime(),
                    other.ctime(),
                    other.mtime(),
                    0,
                    0);
        }
        if (known.sequence() != entry.contentSequence()) {
            return ofRow(known.size(), known.mtime(), known.mtime());
        }
        return ofRow(known.size(), entry.mtime(), entry.ctime());
    }

    /** The device is the filesystem's number in the catalog: the kernel's may be another after each boot. */
    private Stat ofRow(long size, Timestamp mtime, Timestamp ctime) {
        return new Stat(
                entry.filesystem(),
                entry.inode(),
                entry.mode(),
                entry.links(),
                entry.uid(),
                entry.gid(),
                entry.rdev(),
                size,
                mtime,
                ctime,
                mtime,
                0,
                0);
    }
}

package dev.nightjar.feed.audit;

import dev.nightjar.feed.AuditFinding.Attribute;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.linux.Stat;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What catalog and disk say of one name; the catalog was asked first.
 *
 * @param stat null when nothing is there, or nothing that is part of the selection
 * @param leftOut whether something is there that the selection leaves out
 * @param entered of a directory: whether it is on the filesystem of the one above; how another one looks is not ours to know
 */
record Sight(@Nullable Entry row, @Nullable Stat stat, boolean leftOut, boolean entered) {
    /** Whether both say the same. */
    boolean agrees() {
        if (row == null || stat == null) {
            return row == null && stat == null;
        }
        return Looking.same(row, stat) || (!entered && row.isDirectory() && row.type() == stat.type());
    }

    /** Whether neither catalog nor disk were touched between this sight and a later one. */
    boolean isUntouchedIn(Sight later) {
        return sameRow(later) && sameFile(later) && leftOut == later.leftOut;
    }

    /** Whether the catalog said the same, word for word. */
    boolean sameRow(Sight later) {
        if (row == null || later.row == null) {
            return row == null && later.row == null;
        }
        return row.id() == later.row.id() && row.sequence() == later.row.sequence();
    }

    private boolean sameFile(Sight later) {
        if (stat == null || later.stat == null) {
            return stat == null && later.stat == null;
        }
        return isOfOneInode(later)
                && stat.ctime().equals(later.stat.ctime())
                && stat.mtime().equals(later.stat.mtime())
                && stat.size() == later.stat.size()
                && stat.links() == later.stat.links()
                && stat.mode() == later.stat.mode();
    }

    /** Whether the disk had the same file at both times, changed or not. */
    boolean isOfOneInode(Sight later) {
        return stat != null
                && later.stat != null
                && stat.inode() == later.stat.inode()
                && stat.device() == later.stat.device();
    }

    /** In what row and disk differ; empty unless there are both. */
    Set<Attribute> attributes() {
        Set<Attribute> differ = EnumSet.noneOf(Attribute.class);
        Entry was = row;
        Stat is = stat;
        if (was == null || is == null) {
            return differ;
        }
        add(differ, Attribute.TYPE, was.type() != is.type());
        add(differ, Attribute.MODE, (was.mode() & 07777) != is.permissions());
        add(differ, Attribute.OWNER, was.uid() != is.uid() || was.gid() != is.gid());
        add(differ, Attribute.SIZE, was.size() != is.size());
        add(differ, Attribute.MTIME, !was.mtime().equals(is.mtime()));
        add(differ, Attribute.CTIME, !was.ctime().equals(is.ctime()));
        add(differ, Attribute.INODE, was.inode() != is.inode());
        add(differ, Attribute.LINKS, was.links() != is.links());
        add(differ, Attribute.DEVICE, was.rdev() != is.rdev());
        return differ;
    }

    private static void add(Set<Attribute> differ, Attribute attribute, boolean differs) {
        if (differs) {
            differ.add(attribute);
        }
    }
}

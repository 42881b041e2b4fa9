package dev.nightjar.feed.model;

import dev.nightjar.feed.Entry;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All that a catalog must know of one name, to be compared as a whole. */
record Row(
        String mode,
        int uid,
        int gid,
        long size,
        Timestamp mtime,
        Timestamp ctime,
        long inode,
        int links,
        String target,
        List<String> xattrs) {
    static Row of(Entry entry) {
        return new Row(
                Integer.toOctalString(entry.mode()),
                entry.uid(),
                entry.gid(),
                entry.isDirectory() ? 0 : entry.size(),
                entry.mtime(),
                entry.ctime(),
                entry.inode(),
                entry.isDirectory() ? 0 : entry.links(),
                text(entry.linkTarget()),
                text(entry.xattrs()));
    }

    static Row of(Stat stat, byte @Nullable [] target, List<Xattr> xattrs) {
        boolean directory = stat.type() == FileType.DIRECTORY;
        return new Row(
                Integer.toOctalString(stat.mode()),
                stat.uid(),
                stat.gid(),
                directory ? 0 : stat.size(),
                stat.mtime(),
                stat.ctime(),
                stat.inode(),
                directory ? 0 : stat.links(),
                text(target),
                text(xattrs));
    }

    boolean directory() {
        return mode.startsWith("4");
    }

    private static String text(byte @Nullable [] target) {
        return target == null ? "" : BytePath.of(target).toArgument();
    }

    private static List<String> text(List<Xattr> xattrs) {
        return xattrs.stream()
                .sorted(Comparator.comparing(Xattr::name))
                .map(xattr -> xattr.name() + "=" + HexFormat.of().formatHex(xattr.value()))
                .toList();
    }
}

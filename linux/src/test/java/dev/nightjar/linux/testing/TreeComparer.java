package dev.nightjar.linux.testing;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Xattr;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/**
 * Compares two trees in all that a backup must keep. Works through directory descriptors, so that any name and any
 * length of path will do; symbolic links are compared, never followed. Neither tree may change meanwhile.
 */
public final class TreeComparer {
    private final Set<Aspect> aspects;
    private final List<Difference> differences = new ArrayList<>();
    private final Map<Inode, BytePath> expectedNames = new HashMap<>();
    private final Map<Inode, BytePath> actualNames = new HashMap<>();

    private record Inode(long device, long number) {}

    private TreeComparer(Set<Aspect> aspects) {
        this.aspects = aspects;
    }

    /** All differences, holes aside. */
    public static List<Difference> compare(BytePath expected, BytePath actual) throws IOException {
        return compare(expected, actual, EnumSet.complementOf(EnumSet.of(Aspect.HOLES)));
    }

    /** The differences in these aspects. */
    public static List<Difference> compare(BytePath expected, BytePath actual, Set<Aspect> aspects) throws IOException {
        try (Directory one = Directory.open(expected);
                Directory other = Directory.open(actual)) {
            return compare(one, other, aspects);
        }
    }

    /** The differences of two open directories in these aspects. */
    public static List<Difference> compare(Directory expected, Directory actual, Set<Aspect> aspects)
            throws IOException {
        TreeComparer comparer = new TreeComparer(EnumSet.copyOf(aspects));
        BytePath top = BytePath.of("");
        comparer.compareStats(top, expected.stat(), actual.stat());
        comparer.compareXattrs(top, expected.selfXattrs(), actual.selfXattrs());
        comparer.compareEntries(top, expected, actual);
        return comparer.differences;
    }

    private void compareEntries(BytePath path, Directory expected, Directory actual) throws IOException {
        Set<Name> expectedHere = names(expected);
        Set<Name> actualHere = names(actual);
        Set<Name> all = new TreeSet<>(expectedHere);
        all.addAll(actualHere);
        for (Name name : all) {
            BytePath at = path.resolve(name);
            if (expectedHere.contains(name) != actualHere.contains(name)) {
                report(at, Aspect.PRESENCE, presence(expectedHere.contains(name)), presence(actualHere.contains(name)));
            } else {
                compareEntry(at, name, expected, actual);
            }
        }
    }

    private static Set<Name> names(Directory directory) throws IOException {
        Set<Name> names = new TreeSet<>();
        directory.list((name, type) -> names.add(name));
        return names;
    }

    private static String presence(boolean there) {
        return there ? "there" : "absent";
    }

    private void compareEntry(BytePath path, Name name, Directory expected, Directory actual) throws IOException {
        Stat one = expected.stat(name);
        Stat other = actual.stat(name);
        compareStats(path, one, other);
        compareXattrs(path, expected.xattrs(name), actual.xattrs(name));
        if (one.type() != other.type()) {
            return;
        }
        switch (one.type()) {
            case DIRECTORY -> {
                try (Directory deeper = expected.openDirectory(name);
                        Directory otherDeeper = actual.openDirectory(name)) {
                    compareEntries(path, deeper, otherDeeper);
                }
            }
            case FILE -> {
                compareLinks(path, one, other);
                if (aspects.contains(Aspect.CONTENT)) {
                    compareContent(path, name, expected, actual);
                }
            }
            case SYMLINK -> {
                compareLinks(path, one, other);
                byte[] target = expected.readLink(name);
                byte[] otherTarget = actual.readLink(name);
                if (!Arrays.equals(target, otherTarget)) {
                    report(path, Aspect.TARGET, text(target), text(otherTarget));
                }
            }
            case BLOCK_DEVICE, CHARACTER_DEVICE -> {
                compareLinks(path, one, other);
                compare(path, Aspect.DEVICE, one.rdev(), other.rdev());
            }
            case FIFO, SOCKET -> compareLinks(path, one, other);
        }
    }

    private void compareStats(BytePath path, Stat expected, Stat actual) {
        compare(path, Aspect.TYPE, expected.type(), actual.type());
        if (expected.type() != FileType.SYMLINK || actual.type() != FileType.SYMLINK) {
            compare(path, Aspect.MODE, octal(expected), octal(actual));
        }
        compare(path, Aspect.OWNER, expected.uid() + ":" + expected.gid(), actual.uid() + ":" + actual.gid());
        compare(path, Aspect.MTIME, expected.mtime(), actual.mtime());
        if (expected.type() == FileType.FILE && actual.type() == FileType.FILE) {
            compare(path, Aspect.SIZE, expected.size(), actual.size());
            compare(path, Aspect.HOLES, hasHoles(expected), hasHoles(actual));
        }
    }

    private static String octal(Stat stat) {
        return Integer.toOctalString(stat.permissions());
    }

    private static boolean hasHoles(Stat stat) {
        return stat.blocks() * 512 + 4096 <= stat.size();
    }

    private void compareXattrs(BytePath path, List<Xattr> expected, List<Xattr> actual) {
        compare(path, Aspect.XATTRS, text(expected), text(actual));
    }

    private static List<String> text(List<Xattr> xattrs) {
        return xattrs.stream()
                .sorted(Comparator.comparing(Xattr::name))
                .map(xattr -> xattr.name() + "=" + HexFormat.of().formatHex(xattr.value()))
                .toList();
    }

    /** Two names are one file in both trees or in neither: each file is known by the first of its names. */
    private void compareLinks(BytePath path, Stat expected, Stat actual) {
        BytePath first = expectedNames.computeIfAbsent(inode(expected), inode -> path);
        BytePath otherFirst = actualNames.computeIfAbsent(inode(actual), inode -> path);
        compare(path, Aspect.LINKS, first, otherFirst);
    }

    private static Inode inode(Stat stat) {
        return new Inode(stat.device(), stat.inode());
    }

    private void compareContent(BytePath path, Name name, Directory expected, Directory actual) throws IOException {
        try (OpenFile one = expected.openFile(name);
                OpenFile other = actual.openFile(name)) {
            byte[] bytes = new byte[1 << 16];
            byte[] otherBytes = new byte[1 << 16];
            for (long offset = 0; ; ) {
                int length = fill(one, bytes);
                int otherLength = fill(other, otherBytes);
                int at = Arrays.mismatch(bytes, 0, length, otherBytes, 0, otherLength);
                if (at >= 0) {
                    String where = " at byte " + (offset + at);
                    report(
                            path,
                            Aspect.CONTENT,
                            byteAt(bytes, at, length) + where,
                            byteAt(otherBytes, at, otherLength));
                    return;
                }
                if (length == 0) {
                    return;
                }
                offset += length;
            }
        }
    }

    private static int fill(OpenFile file, byte[] bytes) throws IOException {
        int length = 0;
        while (length < bytes.length) {
            int n = file.read(bytes, length, bytes.length - length);
            if (n <= 0) {
                break;
            }
            length += n;
        }
        return length;
    }

    private static String byteAt(byte[] bytes, int at, int length) {
        return at < length ? "0x" + HexFormat.of().toHexDigits(bytes[at]) : "the end";
    }

    private static String text(byte[] bytes) {
        return BytePath.of(bytes).toString();
    }

    private void compare(BytePath path, Aspect aspect, Object expected, Object actual) {
        if (!Objects.equals(expected, actual)) {
            report(path, aspect, expected.toString(), actual.toString());
        }
    }

    private void report(BytePath path, Aspect aspect, String expected, String actual) {
        if (aspects.contains(aspect)) {
            differences.add(new Difference(path, aspect, expected, actual));
        }
    }
}

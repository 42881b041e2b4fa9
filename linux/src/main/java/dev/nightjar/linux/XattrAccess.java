package dev.nightjar.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extended attributes. Names in a directory are reached through {@code /proc/self/fd}: the calls have no {@code *at} form
 * before Linux 6.13, and descriptors opened with O_PATH refuse them.
 */
final class XattrAccess {
    /** XATTR_SIZE_MAX (linux/limits.h). */
    private static final int VALUE_MAX = 65536;

    private XattrAccess() {}

    static List<Xattr> list(int directory, Name name, Place place) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment path = s.procPath(directory, name);
        long length = XattrCalls.list(s, path, s.io());
        if (isNone(length)) {
            return List.of();
        }
        Place file = place.below(name);
        check("llistxattr", file, length);
        return values("lgetxattr", s, file, length, xattr -> XattrCalls.get(s, path, s.otherPath(xattr), s.io()));
    }

    static List<Xattr> list(int fd, Place file) throws LinuxException {
        Scratch s = Scratch.get();
        long length = XattrCalls.list(s, fd, s.io());
        if (isNone(length)) {
            return List.of();
        }
        check("flistxattr", file, length);
        return values("fgetxattr", s, file, length, xattr -> XattrCalls.get(s, fd, s.otherPath(xattr), s.io()));
    }

    private static boolean isNone(long length) {
        return length == 0 || length == -Errno.EOPNOTSUPP;
    }

    /** Gets one value into the thread's buffer. */
    @FunctionalInterface
    private interface Getter {
        long get(byte[] xattr);
    }

    private static List<Xattr> values(String call, Scratch s, Place file, long listLength, Getter getter)
            throws LinuxException {
        byte[] names = s.io().asSlice(0, listLength).toArray(ValueLayout.JAVA_BYTE);
        List<Xattr> xattrs = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < names.length; i++) {
            if (names[i] == 0) {
                Xattr xattr = value(call, s, file, Arrays.copyOfRange(names, start, i), getter);
                if (xattr != null) {
                    xattrs.add(xattr);
                }
                start = i + 1;
            }
        }
        return Collections.unmodifiableList(xattrs);
    }

    /** Null when it was removed since the list was made. */
    private static @Nullable Xattr value(String call, Scratch s, Place file, byte[] name, Getter getter)
            throws LinuxException {
        long length = getter.get(name);
        if (length == -Errno.ENODATA) {
            return null;
        }
        check(call, file, length);
        return new Xattr(EscapedText.decode(name), s.io().asSlice(0, length).toArray(ValueLayout.JAVA_BYTE));
    }

    static void set(int directory, Name name, Place place, Xattr xattr) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment path = s.procPath(directory, name);
        int result = XattrCalls.set(s, path, nameOf(s, xattr.name()), valueOf(s, xattr), xattr.value().length);
        check("lsetxattr", place.below(name), result);
    }

    static void set(int fd, Place file, Xattr xattr) throws LinuxException {
        Scratch s = Scratch.get();
        int result = XattrCalls.set(s, fd, nameOf(s, xattr.name()), valueOf(s, xattr), xattr.value().length);
        check("fsetxattr", file, result);
    }

    static void remove(int directory, Name name, Place place, String xattr) throws LinuxException {
        Scratch s = Scratch.get();
        int result = XattrCalls.remove(s, s.procPath(directory, name), nameOf(s, xattr));
        if (result != -Errno.ENODATA) {
            check("lremovexattr", place.below(name), result);
        }
    }

    static void remove(int fd, Place file, String xattr) throws LinuxException {
        Scratch s = Scratch.get();
        int result = XattrCalls.remove(s, fd, nameOf(s, xattr));
        if (result != -Errno.ENODATA) {
            check("fremovexattr", file, result);
        }
    }

    private static MemorySegment nameOf(Scratch s, String name) {
        return s.otherPath(EscapedText.encode(name));
    }

    private static MemorySegment valueOf(Scratch s, Xattr xattr) {
        byte[] value = xattr.value();
        if (value.length > VALUE_MAX) {
            throw new IllegalArgumentException("no extended attribute is longer than " + VALUE_MAX + " bytes");
        }
        MemorySegment.copy(value, 0, s.io(), ValueLayout.JAVA_BYTE, 0, value.length);
        return s.io();
    }

    private static void check(String call, Place file, long result) throws LinuxException {
        if (result < 0) {
            throw LinuxException.of(call, file.toString(), (int) -result);
        }
    }
}

package dev.nightjar.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * An open directory. All access to files is by one name in one of these, and never follows a symbolic link, so that neither
 * a long path nor a directory moved meanwhile leads astray.
 *
 * <p>Usable by several threads at once, but listed by one at a time. Every method that takes a {@link Name} is about the
 * entry itself, a symbolic link included. Every failure is a {@link LinuxException} that names call and file.
 */
public final class Directory implements AutoCloseable {
    private static final byte[] NOTHING = {};

    private final Descriptor descriptor;
    private final Place place;
    private final Counters counters;
    private final AtomicBoolean listing = new AtomicBoolean();

    private Directory(int fd, Place place, Counters counters) {
        this.descriptor = new Descriptor(fd);
        this.place = place;
        this.counters = counters;
    }

    /** As {@link #open(BytePath, Counters)}, with counters of its own. */
    public static Directory open(BytePath path) throws LinuxException {
        return open(path, new Counters());
    }

    /**
     * Opens a path of any length. This is the one way in that follows symbolic links. A relative path begins at the working
     * directory.
     */
    public static Directory open(BytePath path, Counters counters) throws LinuxException {
        return new Directory(DirectoryOpener.open(path), Place.of(path), counters);
    }

    /**
     * Opens what a handle stands for, wherever it is now. Needs CAP_DAC_READ_SEARCH.
     *
     * @param anyOnThatFilesystem any directory of the file system that the handle belongs to
     * @throws StaleException when it is gone, or was never on that file system
     */
    public static Directory open(Handle handle, Directory anyOnThatFilesystem) throws LinuxException {
        int fd = HandleAccess.open(handle, anyOnThatFilesystem.fd(), anyOnThatFilesystem.place);
        return new Directory(fd, HandleAccess.place(handle), anyOnThatFilesystem.counters);
    }

    /** Opens a directory in this one; {@link NotFoundException} when the name is something else, a link included. */
    public Directory openDirectory(Name name) throws LinuxException {
        return new Directory(DirectoryOpener.openChild(fd(), name, place), place.below(name), counters);
    }

    /**
     * Opens a directory below this one, of any depth; fails rather than leave this one or pass a symbolic link (openat2 with
     * BENEATH, NO_SYMLINKS, NO_MAGICLINKS). The empty path is this directory.
     */
    public Directory openBeneath(BytePath relative) throws LinuxException {
        int fd = DirectoryOpener.openBeneath(fd(), relative, place);
        return new Directory(fd, new Place(place, relative.bytes()), counters);
    }

    /** The same directory once more, with a place in its listing of its own. */
    public Directory duplicate() throws LinuxException {
        return new Directory(DirectoryOpener.openBeneath(fd(), BytePath.of(NOTHING), place), place, counters);
    }

    /** The counters that this directory and all opened through it count into. */
    public Counters counters() {
        return counters;
    }

    /** The path this was opened by, for people: a rename since then makes it old. */
    public String describe() {
        return place.toString();
    }

    /** The path of a name in it, for people. */
    public String describe(Name name) {
        return place.below(name).toString();
    }

    /** What this directory is now. */
    public Stat stat() throws LinuxException {
        Scratch s = Scratch.get();
        check("statx", FileCalls.statx(s, fd(), s.path(NOTHING), Flags.AT_EMPTY_PATH, s.struct));
        return StatxLayout.decode(s.struct);
    }

    /** What a name is now (lstat). */
    public Stat stat(Name name) throws LinuxException {
        Scratch s = Scratch.get();
        check("statx", name, statx(s, name));
        return StatxLayout.decode(s.struct);
    }

    /** What a name is now; null exactly when the kernel says ENOENT or ENOTDIR. */
    public @Nullable Stat statOrNull(Name name) throws LinuxException {
        Scratch s = Scratch.get();
        int result = statx(s, name);
        if (result == -Errno.ENOENT || result == -Errno.ENOTDIR) {
            return null;
        }
        check("statx", name, result);
        return StatxLayout.decode(s.struct);
    }

    private int statx(Scratch s, Name name) {
        counters.looked();
        int flags = Flags.AT_SYMLINK_NOFOLLOW | Flags.AT_NO_AUTOMOUNT;
        return FileCalls.statx(s, fd(), s.path(name.rawBytes()), flags, s.struct);
    }

    /**
     * Every entry, streamed. Returning without an exception means that the kernel said the end was reached; even then a
     * name may be missing that was renamed meanwhile.
     */
    public void list(EntryVisitor visitor) throws IOException {
        int fd = beginListing();
        try {
            Listing.entries(fd, place, visitor);
        } finally {
            listing.set(false);
        }
    }

    /** Every entry with its stat, streamed: what {@link #list} and {@link #stat(Name)} would do, faster. */
    public void look(LookVisitor visitor) throws IOException {
        int fd = beginListing();
        try {
            Listing.looks(fd, place, counters, visitor);
        } finally {
            listing.set(false);
        }
    }

    private int beginListing() {
        int fd = fd();
        if (!listing.compareAndSet(false, true)) {
            throw new IllegalStateException("being listed already: " + place);
        }
        counters.listed();
        return fd;
    }

    /**
     * Opens a file for reading: no link followed, never blocking (a pipe without a writer opens too), its access time left
     * alone where that is allowed. Opening a device may have effects: look first.
     */
    public OpenFile openFile(Name name) throws LinuxException {
        Scratch s = Scratch.get();
        int flags = Flags.O_RDONLY | Flags.O_NOFOLLOW | Flags.O_NONBLOCK | Flags.O_CLOEXEC;
        MemorySegment path = s.path(name.rawBytes());
        int fd = FileCalls.openat(s, fd(), path, flags | Flags.O_NOATIME, 0);
        if (fd == -Errno.EPERM) {
            fd = FileCalls.openat(s, fd(), path, flags, 0);
        }
        check("openat", name, fd);
        counters.opened();
        return new OpenFile(fd, place.below(name), counters);
    }

    /** Makes a file that was not there, open for reading and writing. The process's umask is taken off the mode. */
    public OpenFile createFile(Name name, int mode) throws LinuxException {
        Scratch s = Scratch.get();
        int flags = Flags.O_RDWR | Flags.O_CREAT | Flags.O_EXCL | Flags.O_NOFOLLOW | Flags.O_CLOEXEC;
        int fd = check("openat", name, FileCalls.openat(s, fd(), s.path(name.rawBytes()), flags, mode));
        return new OpenFile(fd, place.below(name), counters);
    }

    /**
     * Makes a file without a name (O_TMPFILE), open for reading and writing: closing it, or the end of the process, leaves
     * nothing, unless {@link #link(OpenFile, Name)} gave it a name. The process's umask is taken off the mode.
     *
     * @return null where the file system has no such files
     */
    public @Nullable OpenFile createUnnamed(int mode) throws LinuxException {
        Scratch s = Scratch.get();
        int flags = Flags.O_RDWR | Flags.O_TMPFILE | Flags.O_CLOEXEC;
        int fd = FileCalls.openat(s, fd(), s.path(new byte[] {'.'}), flags, mode);
        if (fd == -Errno.EOPNOTSUPP || fd == -Errno.EISDIR || fd == -Errno.EINVAL) {
            return null;
        }
        return new OpenFile(check("openat", fd), place, counters);
    }

    /** Gives an open file that {@link #createUnnamed} made on the same file system a name that is free. */
    public void link(OpenFile file, Name name) throws LinuxException {
        Scratch s = Scratch.get();
        byte[] open = ("/proc/self/fd/" + file.fd()).getBytes(StandardCharsets.US_ASCII);
        MemorySegment newPath = s.otherPath(name.rawBytes());
        check("linkat", name, NameCalls.linkatFollowing(s, Flags.AT_FDCWD, s.path(open), fd(), newPath));
    }

    /** The target of a symbolic link, as it is stored. */
    public byte[] readLink(Name name) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment io = s.io();
        long length = FileCalls.readlinkat(s, fd(), s.path(name.rawBytes()), io);
        check("readlinkat", name, (int) length);
        return io.asSlice(0, length).toArray(ValueLayout.JAVA_BYTE);
    }

    /** Makes a directory that was not there. The process's umask is taken off the mode. */
    public void makeDirectory(Name name, int mode) throws LinuxException {
        Scratch s = Scratch.get();
        check("mkdirat", name, NameCalls.mkdirat(s, fd(), s.path(name.rawBytes()), mode));
    }

    /** Makes a symbolic link with this target: at least one byte, and no NUL. */
    public void symlink(Name name, byte[] target) throws LinuxException {
        Scratch s = Scratch.get();
        int result = NameCalls.symlinkat(s, s.otherPath(target), fd(), s.path(name.rawBytes()));
        check("symlinkat", name, result);
    }

    /**
     * Makes a device, a pipe or a socket's name. The process's umask is taken off the mode.
     *
     * @param mode the type's bits ({@link FileType#modeBits}) and permissions
     * @param rdev for a device, its number as in {@link Stat#rdev}
     */
    public void makeNode(Name name, int mode, long rdev) throws LinuxException {
        Scratch s = Scratch.get();
        check("mknodat", name, NameCalls.mknodat(s, fd(), s.path(name.rawBytes()), mode, rdev));
    }

    /** Gives the file {@code name} of this directory one more name. */
    public void link(Name name, Directory into, Name newName) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment newPath = s.otherPath(newName.rawBytes());
        into.check("linkat", newName, NameCalls.linkat(s, fd(), s.path(name.rawBytes()), into.fd(), newPath));
    }

    /** Moves {@code name} of this directory. */
    public void rename(Name name, Directory into, Name newName, RenameMode mode) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment newPath = s.otherPath(newName.rawBytes());
        int result = NameCalls.renameat2(s, fd(), s.path(name.rawBytes()), into.fd(), newPath, mode.flags);
        into.check("renameat2", newName, result);
    }

    /** Removes a name that is no directory. */
    public void unlink(Name name) throws LinuxException {
        Scratch s = Scratch.get();
        check("unlinkat", name, NameCalls.unlinkat(s, fd(), s.path(name.rawBytes()), 0));
    }

    /** Removes an empty directory. */
    public void removeDirectory(Name name) throws LinuxException {
        Scratch s = Scratch.get();
        check("unlinkat", name, NameCalls.unlinkat(s, fd(), s.path(name.rawBytes()), Flags.AT_REMOVEDIR));
    }

    /** Sets user and group; -1 leaves one as it is. The kernel takes setuid and setgid away. */
    public void setOwner(Name name, int uid, int gid) throws LinuxException {
        Scratch s = Scratch.get();
        check("fchownat", name, NameCalls.fchownat(s, fd(), s.path(name.rawBytes()), uid, gid));
    }

    /** {@link #setOwner(Name, int, int)} of this directory. */
    public void setOwner(int uid, int gid) throws LinuxException {
        check("fchown", NameCalls.fchown(Scratch.get(), fd(), uid, gid));
    }

    /** Sets permissions with setuid, setgid and sticky. Symbolic links have none: EOPNOTSUPP. */
    public void setMode(Name name, int permissions) throws LinuxException {
        Scratch s = Scratch.get();
        check("fchmodat", name, NameCalls.fchmodat(s, fd(), s.path(name.rawBytes()), permissions & 07777));
    }

    /** {@link #setMode(Name, int)} of this directory. */
    public void setMode(int permissions) throws LinuxException {
        check("fchmod", NameCalls.fchmod(Scratch.get(), fd(), permissions & 07777));
    }

    /** Sets access and modification time, of a symbolic link too. */
    public void setTimes(Name name, Timestamp atime, Timestamp mtime) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment times = TimespecLayout.fillPair(s.struct, atime, mtime);
        check("utimensat", name, NameCalls.utimensat(s, fd(), s.path(name.rawBytes()), times));
    }

    /** {@link #setTimes(Name, Timestamp, Timestamp)} of this directory. */
    public void setTimes(Timestamp atime, Timestamp mtime) throws LinuxException {
        Scratch s = Scratch.get();
        check("futimens", NameCalls.futimens(s, fd(), TimespecLayout.fillPair(s.struct, atime, mtime)));
    }

    /** The extended attributes of a name that the caller may see; none where the file system has none. */
    public List<Xattr> xattrs(Name name) throws LinuxException {
        return XattrAccess.list(fd(), name, place);
    }

    /** The extended attributes of this directory. */
    public List<Xattr> selfXattrs() throws LinuxException {
        return XattrAccess.list(fd(), place);
    }

    /** Sets an extended attribute of a name, new or not. */
    public void setXattr(Name name, Xattr xattr) throws LinuxException {
        XattrAccess.set(fd(), name, place, xattr);
    }

    /** Sets an extended attribute of this directory. */
    public void setXattr(Xattr xattr) throws LinuxException {
        XattrAccess.set(fd(), place, xattr);
    }

    /** Removes an extended attribute of a name; nothing to do when it is not there. */
    public void removeXattr(Name name, String xattr) throws LinuxException {
        XattrAccess.remove(fd(), name, place, xattr);
    }

    /** Removes an extended attribute of this directory; nothing to do when it is not there. */
    public void removeXattr(String xattr) throws LinuxException {
        XattrAccess.remove(fd(), place, xattr);
    }

    /** Makes the names in this directory durable. */
    public void sync() throws LinuxException {
        check("fsync", FileCalls.fsync(Scratch.get(), fd()));
    }

    /** The kernel's handle of a name. */
    public Handle handle(Name name) throws LinuxException {
        return HandleAccess.of(fd(), name, place);
    }

    /** The kernel's handle of this directory. */
    public Handle selfHandle() throws LinuxException {
        return HandleAccess.of(fd(), place);
    }

    /**
     * What a handle's file is now, whether or not it still has a name. Needs CAP_DAC_READ_SEARCH.
     *
     * @throws StaleException when it is gone, or was never on this file system
     */
    public Stat stat(Handle handle) throws LinuxException {
        return HandleAccess.stat(handle, fd(), place);
    }

    /** The file system this directory is on. */
    public FilesystemInfo filesystem() throws LinuxException {
        return FilesystemInfo.of(fd(), place);
    }

    /** Lets go of the directory. More than once does no harm. */
    @Override
    public void close() {
        int _ = descriptor.close();
    }

    int fd() {
        return descriptor.fd();
    }

    private int check(String call, int result) throws LinuxException {
        if (result < 0) {
            throw LinuxException.of(call, place.toString(), -result);
        }
        return result;
    }

    private int check(String call, Name name, int result) throws LinuxException {
        if (result < 0) {
            throw LinuxException.of(call, place.below(name).toString(), -result);
        }
        return result;
    }
}

package dev.nightjar.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.List;
import java.util.Objects;

/**
 * An open file. Reading and writing at the current place ({@link #read}, {@link #write}) is for one thread at a time;
 * everything else may be called by several.
 */
public final class OpenFile implements AutoCloseable {
    /** SYNC_FILE_RANGE_WAIT_BEFORE | WRITE | WAIT_AFTER. */
    static final int WRITE_AND_WAIT = 7;

    private final Descriptor descriptor;
    private final Place place;
    private final Counters counters;

    OpenFile(int fd, Place place, Counters counters) {
        this.descriptor = new Descriptor(fd);
        this.place = place;
        this.counters = counters;
    }

    /** How the rest of a file will be used (posix_fadvise). */
    public enum Advice {
        /** Read from front to back: read ahead more. */
        SEQUENTIAL(2),
        /** Needed soon: read it now. */
        WILL_NEED(3),
        /** Not needed again: its clean pages may leave the page cache, whoever brought them in. */
        DONT_NEED(4),
        /** Read here and there: read nothing ahead. */
        RANDOM(1);

        final int value;

        Advice(int value) {
            this.value = value;
        }
    }

    /** The path this was opened by, for people. */
    public String describe() {
        return place.toString();
    }

    /** What the file is now. */
    public Stat stat() throws LinuxException {
        Scratch s = Scratch.get();
        check("statx", FileCalls.statx(s, fd(), s.path(new byte[0]), Flags.AT_EMPTY_PATH, s.struct));
        return StatxLayout.decode(s.struct);
    }

    /**
     * Reads on from the current place: as many bytes as one call gives, at most 128 KiB.
     *
     * @return their number, -1 at the end of the file, 0 only when {@code length} is 0
     */
    public int read(byte[] into, int offset, int length) throws LinuxException {
        Objects.checkFromIndexSize(offset, length, into.length);
        Scratch s = Scratch.get();
        MemorySegment io = s.io();
        long n = check("read", FileCalls.read(s, fd(), io, Math.min(length, Scratch.IO_SIZE)));
        return toHeap(io, into, offset, length, (int) n);
    }

    /** As {@link #read}, from a place in the file. */
    public int pread(byte[] into, int offset, int length, long position) throws LinuxException {
        Objects.checkFromIndexSize(offset, length, into.length);
        Scratch s = Scratch.get();
        MemorySegment io = s.io();
        long n = check("pread", FileCalls.pread(s, fd(), io, Math.min(length, Scratch.IO_SIZE), position));
        return toHeap(io, into, offset, length, (int) n);
    }

    private int toHeap(MemorySegment io, byte[] into, int offset, int length, int n) {
        MemorySegment.copy(io, ValueLayout.JAVA_BYTE, 0, into, offset, n);
        counters.read(n);
        return n == 0 && length > 0 ? -1 : n;
    }

    /** Writes all of it at the current place. When it fails, a part may have been written. */
    public void write(byte[] from, int offset, int length) throws LinuxException {
        Objects.checkFromIndexSize(offset, length, from.length);
        Scratch s = Scratch.get();
        MemorySegment io = s.io();
        int done = 0;
        while (done < length) {
            int step = Math.min(length - done, Scratch.IO_SIZE);
            MemorySegment.copy(from, offset + done, io, ValueLayout.JAVA_BYTE, 0, step);
            long n = check("write", FileCalls.write(s, fd(), io, step));
            counters.wrote(n);
            done += (int) n;
        }
    }

    /** Writes all of it at a place in the file. When it fails, a part may have been written. */
    public void pwrite(byte[] from, int offset, int length, long position) throws LinuxException {
        Objects.checkFromIndexSize(offset, length, from.length);
        Scratch s = Scratch.get();
        MemorySegment io = s.io();
        int done = 0;
        while (done < length) {
            int step = Math.min(length - done, Scratch.IO_SIZE);
            MemorySegment.copy(from, offset + done, io, ValueLayout.JAVA_BYTE, 0, step);
            long n = check("pwrite", FileCalls.pwrite(s, fd(), io, step, position + done));
            counters.wrote(n);
            done += (int) n;
        }
    }

    /** Sets the size: what is cut off is lost, what is added is a hole. */
    public void truncate(long size) throws LinuxException {
        check("ftruncate", FileCalls.ftruncate(Scratch.get(), fd(), size));
    }

    /** Makes content and metadata durable (fsync). */
    public void sync() throws LinuxException {
        check("fsync", FileCalls.fsync(Scratch.get(), fd()));
    }

    /** Tells the kernel how a range will be used; length 0 is to the end. */
    public void advise(Advice advice, long offset, long length) throws LinuxException {
        check("posix_fadvise", FileCalls.fadvise(Scratch.get(), fd(), offset, length, advice.value));
    }

    /**
     * Writes the dirty pages of a range and waits for them; length 0 is to the end. Says nothing about durability: it makes
     * later stores through a mapping show in the file's times (ext4, xfs, btrfs), and lets pages be dropped.
     */
    public void syncRange(long offset, long length) throws LinuxException {
        check("sync_file_range", FileCalls.syncRange(Scratch.get(), fd(), offset, length, WRITE_AND_WAIT));
    }

    /** Sets user and group; -1 leaves one as it is. The kernel takes setuid and setgid away. */
    public void setOwner(int uid, int gid) throws LinuxException {
        check("fchown", NameCalls.fchown(Scratch.get(), fd(), uid, gid));
    }

    /** Sets permissions with setuid, setgid and sticky. */
    public void setMode(int permissions) throws LinuxException {
        check("fchmod", NameCalls.fchmod(Scratch.get(), fd(), permissions & 07777));
    }

    /** Sets access and modification time. */
    public void setTimes(Timestamp atime, Timestamp mtime) throws LinuxException {
        Scratch s = Scratch.get();
        check("futimens", NameCalls.futimens(s, fd(), TimespecLayout.fillPair(s.struct, atime, mtime)));
    }

    /** The extended attributes that the caller may see; none where the file system has none. */
    public List<Xattr> xattrs() throws LinuxException {
        return XattrAccess.list(fd(), place);
    }

    /** Sets an extended attribute, new or not. */
    public void setXattr(Xattr xattr) throws LinuxException {
        XattrAccess.set(fd(), place, xattr);
    }

    /** Removes an extended attribute; nothing to do when it is not there. */
    public void removeXattr(String xattr) throws LinuxException {
        XattrAccess.remove(fd(), place, xattr);
    }

    /**
     * Locks the file against others who ask, until it is closed (flock).
     *
     * @return false if somebody else has it locked, or the file system knows no locks
     */
    public boolean tryLock() {
        return NameCalls.flock(Scratch.get(), fd(), Flags.LOCK_EX | Flags.LOCK_NB) == 0;
    }

    /**
     * Lets go of the file. More than once does no harm.
     *
     * @throws LinuxException when something written was lost, as network file systems say it here
     */
    @Override
    public void close() throws LinuxException {
        int result = descriptor.close();
        if (result != -Errno.EINTR) {
            check("close", result);
        }
    }

    int fd() {
        return descriptor.fd();
    }

    private long check(String call, long result) throws LinuxException {
        if (result < 0) {
            throw LinuxException.of(call, place.toString(), (int) -result);
        }
        return result;
    }
}

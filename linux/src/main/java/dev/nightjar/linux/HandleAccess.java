package dev.nightjar.linux;

import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;

/** File handles made and opened. */
final class HandleAccess {
    private static final int LISTABLE =
            Flags.O_RDONLY | Flags.O_DIRECTORY | Flags.O_CLOEXEC | Flags.O_NONBLOCK | Flags.O_NOATIME;

    private HandleAccess() {}

    static Handle of(int directory, Name name, Place place) throws LinuxException {
        Scratch s = Scratch.get();
        return make(s, directory, s.path(name.rawBytes()), 0, place.below(name));
    }

    static Handle of(int directory, Place place) throws LinuxException {
        Scratch s = Scratch.get();
        return make(s, directory, s.path(new byte[0]), Flags.AT_EMPTY_PATH, place);
    }

    private static Handle make(Scratch s, int directory, MemorySegment path, int flags, Place place)
            throws LinuxException {
        MemorySegment struct = FileHandleLayout.empty(s.struct);
        MemorySegment mountId = s.struct.asSlice(s.struct.byteSize() - Integer.BYTES);
        int result = HandleCalls.nameToHandleAt(s, directory, path, struct, mountId, flags);
        if (result < 0) {
            throw LinuxException.of("name_to_handle_at", place.toString(), -result);
        }
        return FileHandleLayout.decode(struct, 0);
    }

    static int open(Handle handle, int onFilesystem, Place place) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment struct = FileHandleLayout.fill(s.struct, handle);
        int fd = HandleCalls.openByHandleAt(s, onFilesystem, struct, LISTABLE);
        if (fd == -Errno.EPERM) {
            fd = HandleCalls.openByHandleAt(s, onFilesystem, struct, LISTABLE & ~Flags.O_NOATIME);
        }
        return check(handle, place, fd);
    }

    static Stat stat(Handle handle, int onFilesystem, Place place) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment struct = FileHandleLayout.fill(s.struct, handle);
        int fd = check(
                handle, place, HandleCalls.openByHandleAt(s, onFilesystem, struct, Flags.O_PATH | Flags.O_CLOEXEC));
        int result = FileCalls.statx(s, fd, s.path(new byte[0]), Flags.AT_EMPTY_PATH, s.struct);
        FileCalls.close(s, fd);
        if (result < 0) {
            throw LinuxException.of("statx", place(handle).toString(), -result);
        }
        return StatxLayout.decode(s.struct);
    }

    private static int check(Handle handle, Place place, int fd) throws LinuxException {
        if (fd < 0) {
            throw LinuxException.of("open_by_handle_at", place(handle) + " on the file system of " + place, -fd);
        }
        return fd;
    }

    /** A handle has no path; this is what messages call it. */
    static Place place(Handle handle) {
        return new Place(null, ("handle " + handle).getBytes(StandardCharsets.UTF_8));
    }
}

package dev.nightjar.linux;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** Files of /proc, read whole: their size is not known before. */
final class ProcFile {
    private ProcFile() {}

    static byte[] read(String path) throws LinuxException {
        Descriptor descriptor = new Descriptor(open(path));
        try {
            return readFrom(descriptor.fd(), path);
        } finally {
            descriptor.close();
        }
    }

    static int open(String path) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment name = s.path(path.getBytes(StandardCharsets.UTF_8));
        int fd = FileCalls.openat(s, Flags.AT_FDCWD, name, Flags.O_RDONLY | Flags.O_CLOEXEC, 0);
        if (fd < 0) {
            throw LinuxException.of("openat", path, -fd);
        }
        return fd;
    }

    private static byte[] readFrom(int fd, String path) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment io = s.io();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        while (true) {
            long n = FileCalls.read(s, fd, io, io.byteSize());
            if (n < 0) {
                throw LinuxException.of("read", path, (int) -n);
            }
            if (n == 0) {
                return out.toByteArray();
            }
            out.writeBytes(io.asSlice(0, n).toArray(ValueLayout.JAVA_BYTE));
        }
    }
}

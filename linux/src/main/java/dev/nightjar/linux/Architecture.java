package dev.nightjar.linux;

import java.util.Locale;

/**
 * What differs between the architectures that Nightjar runs on: some open flags, and the numbers of system calls that
 * glibc 2.36 has no function for. The numbers come from the kernel's headers (asm/fcntl.h, asm/unistd.h); a test compares
 * them with the output of a C program compiled for each.
 */
enum Architecture {
    X86_64(0x10000, 0x20000, 437, 251),
    AARCH64(0x4000, 0x8000, 437, 30);

    private static final Architecture CURRENT = ofName(System.getProperty("os.arch"));

    final int oDirectory;
    final int oNoFollow;
    final long openat2;
    final long ioprioSet;

    Architecture(int oDirectory, int oNoFollow, long openat2, long ioprioSet) {
        this.oDirectory = oDirectory;
        this.oNoFollow = oNoFollow;
        this.openat2 = openat2;
        this.ioprioSet = ioprioSet;
    }

    static Architecture current() {
        return CURRENT;
    }

    static Architecture ofName(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> throw new UnsupportedOperationException("Nightjar runs on x86-64 and arm64, not on " + name);
        };
    }
}

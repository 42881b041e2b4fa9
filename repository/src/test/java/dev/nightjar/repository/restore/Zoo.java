package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;

/** A directory with one of everything that a backup finds difficult. */
final class Zoo {

    private static final Timestamp OLD = new Timestamp(1_234_567_890, 123_456_789);

    private Zoo() {}

    static BytePath path(Path path) {
        return BytePath.of(path.toString());
    }

    /** What an ordinary user can make. */
    static void make(Directory zoo) throws LinuxException {
        names(zoo);
        types(zoo);
        contents(zoo);
        deep(zoo);
        zoo.makeDirectory(Name.of("locked"), 0700);
        try (Directory locked = zoo.openDirectory(Name.of("locked"))) {
            file(locked, Name.of("in"), 10, 1);
        }
        times(zoo, "locked");
        zoo.setMode(Name.of("locked"), 0500);
    }

    /** What only root can make. */
    static void makeAsRoot(Directory zoo) throws LinuxException {
        zoo.makeNode(Name.of("null"), FileType.CHARACTER_DEVICE.modeBits() | 0600, 0x103);
        zoo.setMode(Name.of("null"), 0666);
        zoo.makeNode(Name.of("disk"), FileType.BLOCK_DEVICE.modeBits() | 0600, 0x712c);
        file(zoo, Name.of("setuid"), 100, 2);
        zoo.setOwner(Name.of("setuid"), 1234, 5678);
        zoo.setMode(Name.of("setuid"), 06755);
        zoo.setXattr(Name.of("setuid"), new Xattr("trusted.t", new byte[] {1, 0, 2}));
        // Version 2; user::rw-, user:1:rwx, group::r--, mask::rwx, other::r--
        byte[] acl = {
            2, 0, 0, 0, 1, 0, 6, 0, -1, -1, -1, -1, 2, 0, 7, 0, 1, 0, 0, 0, 4, 0, 4, 0, -1, -1, -1, -1, 16, 0, 7, 0, -1,
            -1, -1, -1, 32, 0, 4, 0, -1, -1, -1, -1
        };
        file(zoo, Name.of("acl"), 10, 3);
        zoo.setXattr(Name.of("acl"), new Xattr(Metadata.ACCESS_ACL, acl));
        zoo.makeDirectory(Name.of("acl-directory"), 0700);
        zoo.setXattr(Name.of("acl-directory"), new Xattr(Metadata.DEFAULT_ACL, acl));
        file(zoo, Name.of("capable"), 10, 4);
        // Version 2, effective: CAP_NET_RAW
        byte[] capability = new byte[20];
        capability[0] = 1;
        capability[3] = 2;
        capability[5] = 0x20;
        zoo.setXattr(Name.of("capable"), new Xattr("security.capability", capability));
        zoo.symlink(Name.of("owned-link"), new byte[] {'x'});
        zoo.setOwner(Name.of("owned-link"), 77, 88);
        zoo.makeDirectory(Name.of("sticky"), 0700);
        zoo.setOwner(Name.of("sticky"), 4_000_000, 5);
        zoo.setMode(Name.of("sticky"), 03777);
    }

    private static void names(Directory zoo) throws LinuxException {
        Name holder = Name.of("names");
        zoo.makeDirectory(holder, 0755);
        try (Directory names = zoo.openDirectory(holder)) {
            for (int b = 1; b < 256; b++) {
                if (b != '/') {
                    file(names, Name.of(new byte[] {'n', (byte) b}), b % 7, b);
                }
            }
            file(names, Name.of("x".repeat(255)), 5, 1);
            file(names, Name.of(" "), 0, 1);
            file(names, Name.of("\u00a0\u200d\u2028\ue000\ud83d\ude00"), 3, 2);
            file(names, Name.of("..."), 3, 3);
        }
        times(zoo, "names");
    }

    private static void types(Directory zoo) throws LinuxException {
        zoo.symlink(Name.of("link"), "../anywhere".getBytes(StandardCharsets.UTF_8));
        zoo.symlink(Name.of("raw-link"), new byte[] {'a', (byte) 0xff, '\n', '<'});
        zoo.symlink(Name.of("long-link"), "y".repeat(4000).getBytes(StandardCharsets.UTF_8));
        zoo.setTimes(Name.of("link"), OLD, OLD);
        zoo.makeNode(Name.of("fifo"), FileType.FIFO.modeBits() | 0640, 0);
        zoo.setTimes(Name.of("fifo"), OLD, OLD);
        zoo.makeNode(Name.of("socket"), FileType.SOCKET.modeBits() | 0600, 0);
        zoo.makeDirectory(Name.of("empty"), 0711);
        times(zoo, "empty");
        file(zoo, Name.of("first"), 3000, 5);
        zoo.link(Name.of("first"), zoo, Name.of("second"));
        try (Directory empty = zoo.openDirectory(Name.of("names"))) {
            zoo.link(Name.of("first"), empty, Name.of("third"));
        }
        zoo.link(Name.of("link"), zoo, Name.of("link-again"));
        file(zoo, Name.of("empty-first"), 0, 5);
        zoo.link(Name.of("empty-first"), zoo, Name.of("empty-second"));
        file(zoo, Name.of("attributes"), 1, 1);
        zoo.setXattr(Name.of("attributes"), new Xattr("user.empty", new byte[0]));
        zoo.setXattr(Name.of("attributes"), new Xattr("user.bytes", new byte[] {0, -1, 10}));
        zoo.setTimes(Name.of("attributes"), OLD, OLD);
        zoo.setXattr(Name.of("empty"), new Xattr("user.directory", new byte[] {1}));
    }

    private static void contents(Directory zoo) throws LinuxException {
        for (int permissions : new int[] {0, 0400, 0444, 0777, 01644, 02755, 04755}) {
            Name name = Name.of("mode-" + Integer.toOctalString(permissions));
            file(zoo, name, 20, permissions);
            zoo.setMode(name, permissions);
        }
        file(zoo, Name.of("nothing"), 0, 0);
        file(zoo, Name.of("one-chunk"), 500_000, 1);
        file(zoo, Name.of("chunks"), 12_000_000, 2);
        try (OpenFile sparse = zoo.createFile(Name.of("sparse"), 0600)) {
            sparse.pwrite(bytes(70_000, 3), 0, 70_000, 3_000_001);
            sparse.truncate(9_000_000);
        }
        try (OpenFile holes = zoo.createFile(Name.of("all-hole"), 0600)) {
            holes.truncate(5_000_000);
        }
    }

    /** Longer than any path may be in one call. */
    private static void deep(Directory zoo) throws LinuxException {
        Name name = Name.of("d".repeat(200));
        Directory at = zoo.duplicate();
        for (int i = 0; i < 30; i++) {
            at.makeDirectory(name, 0755);
            Directory next = at.openDirectory(name);
            at.close();
            at = next;
        }
        file(at, Name.of("bottom"), 10, 4);
        at.close();
    }

    static void file(Directory in, Name name, int size, int seed) throws LinuxException {
        try (OpenFile file = in.createFile(name, 0644)) {
            byte[] content = bytes(size, seed);
            file.write(content, 0, size);
        }
    }

    static byte[] read(Directory in, Name name) throws LinuxException {
        try (OpenFile file = in.openFile(name)) {
            byte[] content = new byte[(int) file.stat().size()];
            for (int at = 0; at < content.length; ) {
                at += file.read(content, at, content.length - at);
            }
            return content;
        }
    }

    static byte[] bytes(int size, int seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    private static void times(Directory in, String name) throws LinuxException {
        in.setTimes(Name.of(name), OLD, OLD);
    }
}

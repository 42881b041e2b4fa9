package dev.nightjar.feed.audit;

import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The files that something can write to just now without an event: read once from /proc and /sys, as far as we may. Names are
 * as the kernel shows them there, one char per byte.
 */
final class Writers {
    private static final int WRITES = 3; // O_WRONLY and O_RDWR, in the last digit of flags
    private static final Path PROCESSES = Path.of("/proc");
    private static final Path DEVICES = Path.of("/sys/block");

    /** A file as a line of maps names it: the device is another than stat's on some filesystems, the path in other mounts. */
    private record Mapped(long device, long inode, String path) {}

    private final List<Mapped> mapped = new ArrayList<>();
    private final Set<String> open = new HashSet<>();
    private final Set<String> images = new HashSet<>();

    private Writers() {}

    /** Looks at all processes and loop devices. */
    static Writers now() {
        Writers writers = new Writers();
        for (Path process : in(PROCESSES, "[0-9]*")) {
            writers.maps(process.resolve("maps"));
            for (Path descriptor : in(process.resolve("fdinfo"), "*")) {
                writers.descriptor(process, descriptor);
            }
        }
        for (Path device : in(DEVICES, "loop*")) {
            lines(device.resolve("loop/backing_file")).forEach(writers.images::add);
        }
        return writers;
    }

    /** Whether a process has the file mapped shared and writable. */
    boolean maps(Stat stat, String path) {
        return mapped.stream()
                .anyMatch(one -> one.inode == stat.inode() && (one.device == stat.device() || one.path.equals(path)));
    }

    /** Whether a process has the file open for writing. */
    boolean opens(String path) {
        return open.contains(path);
    }

    /** Whether the file is what a loop device stores its blocks in. */
    boolean backs(String path) {
        return images.contains(path);
    }

    /** {@code 7f0c-7f0d rw-s 00000000 08:01 1234   /path}. */
    private void maps(Path file) {
        for (String line : lines(file)) {
            String[] fields = line.split(" +", 6);
            if (fields.length == 6 && fields[1].startsWith("w", 1) && fields[1].startsWith("s", 3)) {
                String[] device = fields[3].split(":");
                mapped.add(new Mapped(
                        Stat.device(Integer.parseInt(device[0], 16), Integer.parseInt(device[1], 16)),
                        Long.parseLong(fields[4]),
                        fields[5]));
            }
        }
    }

    private void descriptor(Path process, Path info) {
        for (String line : lines(info)) {
            if (line.startsWith("flags:") && (line.charAt(line.length() - 1) & WRITES) != 0) {
                try {
                    Path target = Files.readSymbolicLink(process.resolve("fd").resolve(info.getFileName()));
                    open.add(new String(
                            target.toString().getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    return; // closed meanwhile
                }
            }
        }
    }

    private static List<Path> in(Path directory, String glob) {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, glob)) {
            entries.forEach(found::add);
        } catch (IOException | java.nio.file.DirectoryIteratorException e) {
            return found; // ended meanwhile, or not ours to see
        }
        return found;
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return List.of();
        }
    }
}

package dev.nightjar.app.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What fstab says should be mounted and mountinfo says is: to tell an unmounted disk from an empty directory. */
public final class MountTable {
    private static final int FSTAB_POINT = 1;
    private static final int MOUNTINFO_POINT = 4;

    private final Set<Path> configured;
    private final Set<Path> mounted;

    MountTable(List<String> fstab, List<String> mountinfo) {
        this.configured = points(fstab, FSTAB_POINT);
        this.mounted = points(mountinfo, MOUNTINFO_POINT);
    }

    /** The system's. */
    public static MountTable read() {
        return new MountTable(lines(Path.of("/etc/fstab")), lines(Path.of("/proc/self/mountinfo")));
    }

    /** The mount point that the path is in or below, and that fstab names although nothing is mounted there. */
    public Optional<Path> unmounted(Path path) {
        return Stream.iterate(path, p -> p != null, Path::getParent)
                .filter(p -> p.getNameCount() > 0 && configured.contains(p) && !mounted.contains(p))
                .findFirst();
    }

    private static Set<Path> points(List<String> lines, int column) {
        Set<Path> points = new HashSet<>();
        for (String line : lines) {
            String[] fields = line.strip().split("\\s+");
            if (!line.strip().startsWith("#") && fields.length > column && fields[column].startsWith("/")) {
                points.add(Path.of(unescape(fields[column])));
            }
        }
        return points;
    }

    /** fstab(5) and proc(5): a space is written as {@code \040}, and so on. */
    private static String unescape(String field) {
        return field.replace("\\040", " ")
                .replace("\\011", "\t")
                .replace("\\012", "\n")
                .replace("\\134", "\\");
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of();
        }
    }
}

package dev.nightjar.linux;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What was mounted at one moment, in the order of mounting. Immutable. */
public final class Mounts {
    static final String MOUNTINFO = "/proc/self/mountinfo";

    private final List<Mount> all;

    private Mounts(List<Mount> all) {
        this.all = Collections.unmodifiableList(all);
    }

    /** What is mounted now, as this process sees it. */
    public static Mounts read() throws LinuxException {
        return parse(ProcFile.read(MOUNTINFO));
    }

    /** Of the bytes of a mountinfo; lines that are not as proc(5) says are left out. */
    static Mounts parse(byte[] mountinfo) {
        List<Mount> mounts = new ArrayList<>();
        // One char is one byte, so that paths come out as they are.
        for (String line : new String(mountinfo, StandardCharsets.ISO_8859_1).split("\n")) {
            Mount mount = parseLine(line.split(" "));
            if (mount != null) {
                mounts.add(mount);
            }
        }
        return new Mounts(mounts);
    }

    private static @Nullable Mount parseLine(String[] fields) {
        int separator = Arrays.asList(fields).indexOf("-");
        if (separator < 6 || fields.length < separator + 4) {
            return null;
        }
        String[] device = fields[2].split(":");
        return new Mount(
                Long.parseLong(fields[0]),
                Long.parseLong(fields[1]),
                Stat.device(Integer.parseInt(device[0]), Integer.parseInt(device[1])),
                BytePath.of(unescape(fields[3])),
                BytePath.of(unescape(fields[4])),
                options(fields[5]),
                EscapedText.decode(unescape(fields[separator + 1])),
                EscapedText.decode(unescape(fields[separator + 2])),
                options(fields[separator + 3]));
    }

    private static Set<String> options(String field) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(field.split(","))));
    }

    /** The kernel writes blanks and backslashes in paths as three octal digits. */
    private static byte[] unescape(String field) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(field.length());
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c == '\\' && i + 3 < field.length()) {
                out.write(Integer.parseInt(field, i + 1, i + 4, 8));
                i += 3;
            } else {
                out.write(c);
            }
        }
        return out.toByteArray();
    }

    /** All of them. */
    public List<Mount> all() {
        return all;
    }

    /** The mount with this id; null when there is none (any more). */
    public @Nullable Mount byId(long mountId) {
        for (Mount mount : all) {
            if (mount.id() == mountId) {
                return mount;
            }
        }
        return null;
    }

    /** The mounts of this device, the first mounted first. */
    public List<Mount> byDevice(long device) {
        return all.stream().filter(mount -> mount.device() == device).toList();
    }

    /** The mount that an absolute path without links is on: the longest mount point that it starts with, the last made. */
    public @Nullable Mount at(BytePath path) {
        Mount best = null;
        for (Mount mount : all) {
            boolean onTop = best == null || mount.point().startsWith(best.point());
            if (onTop && path.startsWith(mount.point())) {
                best = mount;
            }
        }
        return best;
    }

    /** The mounts whose point is below a path, or the path itself. */
    public List<Mount> below(BytePath path) {
        return all.stream().filter(mount -> mount.point().startsWith(path)).toList();
    }
}

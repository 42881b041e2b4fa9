package dev.nightjar.feed.scan;

import dev.nightjar.feed.Entry;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Handle;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes of a name all that a row holds. Any thread. */
public final class Looking {
    /** A clock tick of the slowest kernel (100 Hz), twice: a later change certainly moves the times. */
    public static final long TICK_NANOS = 20_000_000;

    private final Set<Long> withoutHandles = ConcurrentHashMap.newKeySet();

    /** Whether a row says what lstat says. */
    public static boolean same(Entry row, Stat stat) {
        return row.inode() == stat.inode()
                && row.mode() == stat.mode()
                && row.ctime().equals(stat.ctime())
                && row.mtime().equals(stat.mtime())
                && row.size() == stat.size()
                && row.links() == stat.links()
                && row.uid() == stat.uid()
                && row.gid() == stat.gid()
                && row.rdev() == stat.rdev();
    }

    /** Whether a file that changed then could change once more without its times telling. */
    public static boolean isRacy(Timestamp changed, Instant now) {
        long seconds = now.getEpochSecond() - changed.seconds();
        long age = seconds * 1_000_000_000L + now.getNano() - changed.nanos();
        return Math.abs(seconds) < 3 && age < TICK_NANOS && age > -1_000_000_000L;
    }

    /** The whole look at a name of which the stat is known. Its stamp is from before the stat. */
    public Look complete(
            Directory directory, long id, Name name, Stat stat, boolean entered, int bits, long stamp, long origin)
            throws LinuxException {
        try {
            boolean link = stat.type() == FileType.SYMLINK;
            boolean named = stat.type() == FileType.DIRECTORY || stat.links() > 1;
            return new Look(
                    id,
                    name,
                    stat,
                    true,
                    entered,
                    named ? handle(directory, name, stat.device()) : null,
                    link ? directory.readLink(name) : null,
                    xattrs(directory, name),
                    bits,
                    stamp,
                    origin);
        } catch (NotFoundException e) {
            Stat again = directory.statOrNull(name);
            if (again == null) {
                return Look.missing(id, name, bits, stamp, origin);
            }
            throw e;
        }
    }

    private static List<Xattr> xattrs(Directory directory, Name name) throws LinuxException {
        return directory.xattrs(name);
    }

    private @Nullable Handle handle(Directory directory, Name name, long device) throws LinuxException {
        if (withoutHandles.contains(device)) {
            return null;
        }
        try {
            return directory.handle(name);
        } catch (NotFoundException e) {
            throw e;
        } catch (LinuxException e) {
            withoutHandles.add(device);
            return null;
        }
    }

    /** The handle of an open directory, or null where there are none. */
    public @Nullable Handle selfHandle(Directory directory, long device) {
        if (withoutHandles.contains(device)) {
            return null;
        }
        try {
            return directory.selfHandle();
        } catch (LinuxException e) {
            withoutHandles.add(device);
            return null;
        }
    }
}

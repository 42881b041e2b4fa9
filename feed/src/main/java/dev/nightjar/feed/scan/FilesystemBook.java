package dev.nightjar.feed.scan;

import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FilesystemInfo;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Mount;
import dev.nightjar.linux.Mounts;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which filesystem a device number stands for while it is mounted. Any thread. */
public final class FilesystemBook {
    /**
     * A filesystem.
     *
     * @param identity the same after a remount where the filesystem has such a thing
     * @param fsid as fanotify names it
     */
    public record Filesystem(long device, long type, String identity, long fsid) {}

    private static final Path BY_UUID = Path.of("/dev/disk/by-uuid");

    private final Map<Long, Filesystem> byDevice = new ConcurrentHashMap<>();
    private final Map<Long, Filesystem> byFsid = new ConcurrentHashMap<>();

    /** Learns of the filesystem that an open directory is on, if it is not known yet. */
    public Filesystem learn(Directory directory, Stat self) throws LinuxException {
        Filesystem known = byDevice.get(self.device());
        return known == null ? learnAnew(directory, self) : known;
    }

    /** Learns of the filesystem that an open directory is on: its device number may have been another's. */
    public Filesystem learnAnew(Directory directory, Stat self) throws LinuxException {
        FilesystemInfo info = directory.filesystem();
        Filesystem filesystem = new Filesystem(self.device(), info.type(), identity(info, self), info.fsid());
        byDevice.put(self.device(), filesystem);
        byFsid.put(info.fsid(), filesystem);
        return filesystem;
    }

    /** A device number may become another filesystem's. */
    public void forget(long device) {
        Filesystem known = byDevice.remove(device);
        if (known != null) {
            byFsid.remove(known.fsid(), known);
        }
    }

    /** The filesystem of a device number, or null if none of its directories was opened yet. */
    public @Nullable Filesystem byDevice(long device) {
        return byDevice.get(device);
    }

    /** The filesystem that fanotify names so, or null. */
    public @Nullable Filesystem byFsid(long fsid) {
        return byFsid.get(fsid);
    }

    /** The fsid is from the UUID on ext4 and btrfs, the device number on xfs, random on tmpfs, zero on FUSE. */
    private static String identity(FilesystemInfo info, Stat self) throws LinuxException {
        String type = Long.toHexString(info.type());
        if (info.type() == FilesystemInfo.XFS || info.fsid() == 0) {
            Mount mount = Mounts.read().byId(self.mountId());
            if (mount != null) {
                String uuid = uuid(mount.source());
                return type + ":" + (uuid == null ? mount.type() + ":" + mount.source() : uuid);
            }
        }
        return type + ":" + Long.toHexString(info.fsid());
    }

    private static @Nullable String uuid(String source) {
        if (!Files.isDirectory(BY_UUID)) {
            return null;
        }
        try (DirectoryStream<Path> links = Files.newDirectoryStream(BY_UUID)) {
            Path device = Path.of(source).toRealPath();
            for (Path link : links) {
                if (link.toRealPath().equals(device)) {
                    return String.valueOf(link.getFileName());
                }
            }
        } catch (IOException e) {
            return null;
        }
        return null;
    }
}

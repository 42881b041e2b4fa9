package dev.nightjar.linux;

import java.util.Set;

/**
 * One line of {@code /proc/self/mountinfo} (proc(5)).
 *
 * @param id as in {@link Stat#mountId}; used again after an unmount
 * @param parentId the mount it is mounted on
 * @param device as {@code makedev} packs it; on btrfs not the device that {@code stat} gives
 * @param root the directory of the file system that is seen at the mount point
 * @param point where it is mounted, as this process sees it
 * @param options of the mount ("ro", "noatime")
 * @param type of file system ("ext4", "fuse.sshfs")
 * @param source the device or server; its own words per type
 * @param superOptions of the file system
 */
public record Mount(
        long id,
        long parentId,
        long device,
        BytePath root,
        BytePath point,
        Set<String> options,
        String type,
        String source,
        Set<String> superOptions) {}

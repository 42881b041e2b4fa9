package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U16;
import static dev.nightjar.linux.Struct.U32;
import static dev.nightjar.linux.Struct.U64;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct statx} (linux/stat.h). */
final class StatxLayout {
    static final StructLayout TIMESTAMP = Struct.of(
            "statx_timestamp", U64.withName("tv_sec"), U32.withName("tv_nsec"), MemoryLayout.paddingLayout(4));

    static final StructLayout LAYOUT = Struct.of(
            "statx",
            U32.withName("stx_mask"),
            U32.withName("stx_blksize"),
            U64.withName("stx_attributes"),
            U32.withName("stx_nlink"),
            U32.withName("stx_uid"),
            U32.withName("stx_gid"),
            U16.withName("stx_mode"),
            MemoryLayout.paddingLayout(2),
            U64.withName("stx_ino"),
            U64.withName("stx_size"),
            U64.withName("stx_blocks"),
            U64.withName("stx_attributes_mask"),
            TIMESTAMP.withName("stx_atime"),
            TIMESTAMP.withName("stx_btime"),
            TIMESTAMP.withName("stx_ctime"),
            TIMESTAMP.withName("stx_mtime"),
            U32.withName("stx_rdev_major"),
            U32.withName("stx_rdev_minor"),
            U32.withName("stx_dev_major"),
            U32.withName("stx_dev_minor"),
            U64.withName("stx_mnt_id"),
            MemoryLayout.paddingLayout(104));

    private static final long MASK = offset(LAYOUT, "stx_mask");
    private static final long NLINK = offset(LAYOUT, "stx_nlink");
    private static final long UID = offset(LAYOUT, "stx_uid");
    private static final long GID = offset(LAYOUT, "stx_gid");
    private static final long MODE = offset(LAYOUT, "stx_mode");
    private static final long INO = offset(LAYOUT, "stx_ino");
    private static final long SIZE = offset(LAYOUT, "stx_size");
    private static final long BLOCKS = offset(LAYOUT, "stx_blocks");
    private static final long ATIME = offset(LAYOUT, "stx_atime");
    private static final long CTIME = offset(LAYOUT, "stx_ctime");
    private static final long MTIME = offset(LAYOUT, "stx_mtime");
    private static final long RDEV_MAJOR = offset(LAYOUT, "stx_rdev_major");
    private static final long RDEV_MINOR = offset(LAYOUT, "stx_rdev_minor");
    private static final long DEV_MAJOR = offset(LAYOUT, "stx_dev_major");
    private static final long DEV_MINOR = offset(LAYOUT, "stx_dev_minor");
    private static final long MNT_ID = offset(LAYOUT, "stx_mnt_id");
    private static final long SECONDS = offset(TIMESTAMP, "tv_sec");
    private static final long NANOS = offset(TIMESTAMP, "tv_nsec");

    private StatxLayout() {}

    static Stat decode(MemorySegment s) {
        boolean mountKnown = (s.get(U32, MASK) & Flags.STATX_MNT_ID) != 0;
        return new Stat(
                Stat.device(s.get(U32, DEV_MAJOR), s.get(U32, DEV_MINOR)),
                s.get(U64, INO),
                s.get(U16, MODE) & 0xffff,
                s.get(U32, NLINK),
                s.get(U32, UID),
                s.get(U32, GID),
                Stat.device(s.get(U32, RDEV_MAJOR), s.get(U32, RDEV_MINOR)),
                s.get(U64, SIZE),
                timestamp(s, MTIME),
                timestamp(s, CTIME),
                timestamp(s, ATIME),
                s.get(U64, BLOCKS),
                mountKnown ? s.get(U64, MNT_ID) : 0);
    }

    private static Timestamp timestamp(MemorySegment s, long at) {
        return new Timestamp(s.get(U64, at + SECONDS), s.get(U32, at + NANOS));
    }
}

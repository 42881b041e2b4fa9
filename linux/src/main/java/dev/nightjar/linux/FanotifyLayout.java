package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U16;
import static dev.nightjar.linux.Struct.U32;
import static dev.nightjar.linux.Struct.U64;
import static dev.nightjar.linux.Struct.U8;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;

/** The structs of fanotify's events (linux/fanotify.h). */
final class FanotifyLayout {
    static final StructLayout METADATA = Struct.of(
            "fanotify_event_metadata",
            U32.withName("event_len"),
            U8.withName("vers"),
            U8.withName("reserved"),
            U16.withName("metadata_len"),
            U64.withName("mask"),
            U32.withName("fd"),
            U32.withName("pid"));

    static final StructLayout INFO_HEADER =
            Struct.of("fanotify_event_info_header", U8.withName("info_type"), U8.withName("pad"), U16.withName("len"));

    /** A {@code file_handle} follows at "handle", and after it, in kinds with a name, the name. */
    static final StructLayout INFO_FID = Struct.of(
            "fanotify_event_info_fid",
            INFO_HEADER.withName("hdr"),
            MemoryLayout.sequenceLayout(2, U32).withName("fsid"),
            MemoryLayout.sequenceLayout(0, U8).withName("handle"));

    /** FANOTIFY_METADATA_VERSION. */
    static final int VERSION = 3;

    static final long EVENT_LEN = offset(METADATA, "event_len");
    static final long VERS = offset(METADATA, "vers");
    static final long METADATA_LEN = offset(METADATA, "metadata_len");
    static final long MASK = offset(METADATA, "mask");
    static final long PID = offset(METADATA, "pid");
    static final long INFO_TYPE = offset(INFO_HEADER, "info_type");
    static final long INFO_LEN = offset(INFO_HEADER, "len");
    static final long FSID = offset(INFO_FID, "fsid");
    static final long HANDLE = offset(INFO_FID, "handle");

    static final int TYPE_FID = 1;
    static final int TYPE_DFID_NAME = 2;
    static final int TYPE_DFID = 3;
    static final int TYPE_OLD_DFID_NAME = 10;
    static final int TYPE_NEW_DFID_NAME = 12;

    private FanotifyLayout() {}
}

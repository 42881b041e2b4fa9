package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our layouts and constants against what a C program printed on each architecture (abi/abi.c says how). */
class AbiTest {
    private static final List<StructLayout> LAYOUTS = List.of(
            StatxLayout.LAYOUT,
            StatxLayout.TIMESTAMP,
            DirentLayout.LAYOUT,
            OpenHowLayout.LAYOUT,
            TimespecLayout.LAYOUT,
            FileHandleLayout.LAYOUT,
            StatfsLayout.LAYOUT,
            PollLayout.LAYOUT,
            InotifyEventLayout.LAYOUT,
            FanotifyLayout.METADATA,
            FanotifyLayout.INFO_HEADER,
            FanotifyLayout.INFO_FID);

    @ParameterizedTest
    @EnumSource(Architecture.class)
    void layoutsAndConstantsAreThoseOfTheHeaders(Architecture architecture) {
        Map<String, Long> ours = new TreeMap<>();
        LAYOUTS.forEach(layout -> put(ours, layout));
        // Its last field has no length in C.
        ours.remove("sizeof.file_handle");
        putConstants(ours, architecture);
        putErrnos(ours);

        assertThat(ours).isEqualTo(printed(architecture));
    }

    private static void put(Map<String, Long> into, StructLayout layout) {
        String struct = layout.name().orElseThrow();
        into.put("sizeof." + struct, layout.byteSize());
        layout.memberLayouts().stream()
                .map(MemoryLayout::name)
                .flatMap(Optional::stream)
                .forEach(field -> into.put(struct + "." + field, layout.byteOffset(PathElement.groupElement(field))));
    }

    private static void putConstants(Map<String, Long> into, Architecture architecture) {
        into.put("O_RDONLY", (long) Flags.O_RDONLY);
        into.put("O_RDWR", (long) Flags.O_RDWR);
        into.put("O_CREAT", (long) Flags.O_CREAT);
        into.put("O_EXCL", (long) Flags.O_EXCL);
        into.put("O_NONBLOCK", (long) Flags.O_NONBLOCK);
        into.put("O_NOATIME", (long) Flags.O_NOATIME);
        into.put("O_CLOEXEC", (long) Flags.O_CLOEXEC);
        into.put("O_PATH", (long) Flags.O_PATH);
        into.put("O_DIRECTORY", (long) architecture.oDirectory);
        into.put("O_NOFOLLOW", (long) architecture.oNoFollow);
        into.put("AT_FDCWD", (long) Flags.AT_FDCWD);
        into.put("AT_SYMLINK_NOFOLLOW", (long) Flags.AT_SYMLINK_NOFOLLOW);
        into.put("AT_REMOVEDIR", (long) Flags.AT_REMOVEDIR);
        into.put("AT_NO_AUTOMOUNT", (long) Flags.AT_NO_AUTOMOUNT);
        into.put("AT_EMPTY_PATH", (long) Flags.AT_EMPTY_PATH);
        into.put("RENAME_NOREPLACE", (long) Flags.RENAME_NOREPLACE);
        into.put("RENAME_EXCHANGE", (long) Flags.RENAME_EXCHANGE);
        into.put("RESOLVE_NO_MAGICLINKS", Flags.RESOLVE_NO_MAGICLINKS);
        into.put("RESOLVE_NO_SYMLINKS", Flags.RESOLVE_NO_SYMLINKS);
        into.put("RESOLVE_BENEATH", Flags.RESOLVE_BENEATH);
        into.put("STATX_BASIC_STATS", (long) Flags.STATX_BASIC_STATS);
        into.put("STATX_MNT_ID", (long) Flags.STATX_MNT_ID);
        into.put("PATH_MAX", (long) Flags.PATH_MAX);
        into.put("MAX_HANDLE_SZ", (long) FileHandleLayout.MAX_BYTES);
        into.put("SYS_openat2", architecture.openat2);
        into.put("SYS_ioprio_set", architecture.ioprioSet);
        into.put("FIONREAD", EventDescriptor.FIONREAD);
        into.put("EFD_CLOEXEC", (long) Waiter.EFD_CLOEXEC);
        into.put("EFD_NONBLOCK", (long) Waiter.EFD_NONBLOCK);
        into.put("POLLIN", (long) PollLayout.POLLIN);
        into.put("POLLPRI", (long) PollLayout.POLLPRI);
        into.put("POSIX_FADV_RANDOM", (long) OpenFile.Advice.RANDOM.value);
        into.put("POSIX_FADV_SEQUENTIAL", (long) OpenFile.Advice.SEQUENTIAL.value);
        into.put("POSIX_FADV_WILLNEED", (long) OpenFile.Advice.WILL_NEED.value);
        into.put("POSIX_FADV_DONTNEED", (long) OpenFile.Advice.DONT_NEED.value);
        into.put("SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER", (long)
                OpenFile.WRITE_AND_WAIT);
        into.put("IN_CLOEXEC", (long) Inotify.CLOEXEC);
        into.put("IN_NONBLOCK", (long) Inotify.NONBLOCK);
        into.put("IN_EXCL_UNLINK", (long) Inotify.EXCLUDE_UNLINKED);
        into.put("IN_ONLYDIR", (long) Inotify.ONLY_DIRECTORY);
        into.put("IN_MODIFY", (long) Inotify.MODIFY);
        into.put("IN_ATTRIB", (long) Inotify.ATTRIB);
        into.put("IN_CLOSE_WRITE", (long) Inotify.CLOSE_WRITE);
        into.put("IN_MOVED_FROM", (long) Inotify.MOVED_FROM);
        into.put("IN_MOVED_TO", (long) Inotify.MOVED_TO);
        into.put("IN_CREATE", (long) Inotify.CREATE);
        into.put("IN_DELETE", (long) Inotify.DELETE);
        into.put("IN_DELETE_SELF", (long) Inotify.DELETE_SELF);
        into.put("IN_MOVE_SELF", (long) Inotify.MOVE_SELF);
        into.put("IN_UNMOUNT", (long) Inotify.UNMOUNT);
        into.put("IN_Q_OVERFLOW", (long) Inotify.OVERFLOW);
        into.put("IN_IGNORED", (long) Inotify.IGNORED);
        into.put("IN_ISDIR", (long) Inotify.IS_DIRECTORY);
        into.put(
                "FAN_CLOEXEC | FAN_NONBLOCK | FAN_CLASS_NOTIF | FAN_UNLIMITED_QUEUE | FAN_UNLIMITED_MARKS"
                        + " | FAN_REPORT_DFID_NAME_TARGET",
                (long) Fanotify.INIT);
        into.put("FAN_MARK_ADD", (long) Fanotify.MARK_ADD);
        into.put("FAN_MARK_REMOVE", (long) Fanotify.MARK_REMOVE);
        into.put("FAN_MARK_FILESYSTEM", (long) Fanotify.MARK_FILESYSTEM);
        into.put("FAN_MODIFY", Fanotify.MODIFY);
        into.put("FAN_ATTRIB", Fanotify.ATTRIB);
        into.put("FAN_CLOSE_WRITE", Fanotify.CLOSE_WRITE);
        into.put("FAN_MOVED_FROM", Fanotify.MOVED_FROM);
        into.put("FAN_MOVED_TO", Fanotify.MOVED_TO);
        into.put("FAN_CREATE", Fanotify.CREATE);
        into.put("FAN_DELETE", Fanotify.DELETE);
        into.put("FAN_DELETE_SELF", Fanotify.DELETE_SELF);
        into.put("FAN_MOVE_SELF", Fanotify.MOVE_SELF);
        into.put("FAN_Q_OVERFLOW", Fanotify.OVERFLOW);
        into.put("FAN_RENAME", Fanotify.RENAME);
        into.put("FAN_ONDIR", Fanotify.ON_DIRECTORY);
        into.put("FANOTIFY_METADATA_VERSION", (long) FanotifyLayout.VERSION);
        into.put("FAN_EVENT_INFO_TYPE_FID", (long) FanotifyLayout.TYPE_FID);
        into.put("FAN_EVENT_INFO_TYPE_DFID_NAME", (long) FanotifyLayout.TYPE_DFID_NAME);
        into.put("FAN_EVENT_INFO_TYPE_DFID", (long) FanotifyLayout.TYPE_DFID);
        into.put("FAN_EVENT_INFO_TYPE_OLD_DFID_NAME", (long) FanotifyLayout.TYPE_OLD_DFID_NAME);
        into.put("FAN_EVENT_INFO_TYPE_NEW_DFID_NAME", (long) FanotifyLayout.TYPE_NEW_DFID_NAME);
    }

    private static void putErrnos(Map<String, Long> into) {
        int[] errnos = {
            Errno.EPERM, Errno.ENOENT, Errno.ESRCH, Errno.EINTR, Errno.EBADF, Errno.EAGAIN,
            Errno.EACCES, Errno.EEXIST, Errno.ENOTDIR, Errno.EINVAL, Errno.ENOSPC, Errno.ENAMETOOLONG,
            Errno.ENOSYS, Errno.ENOTEMPTY, Errno.ENODATA, Errno.EOPNOTSUPP, Errno.ESTALE, Errno.EDQUOT
        };
        for (int errno : errnos) {
            into.put(Errno.name(errno), (long) errno);
        }
    }

    private static Map<String, Long> printed(Architecture architecture) {
        String file = switch (architecture) {
            case X86_64 -> "/abi/x86_64.txt";
            case AARCH64 -> "/abi/aarch64.txt";
        };
        Map<String, Long> printed = new TreeMap<>();
        try (InputStream in = AbiTest.class.getResourceAsStream(file);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            lines.lines().forEach(line -> {
                int blank = line.lastIndexOf(' ');
                printed.put(line.substring(0, blank), Long.valueOf(line.substring(blank + 1)));
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return printed;
    }
}

/*
 * Prints the sizes, offsets and constants that dev.nightjar.linux relies on, one "name value" a line, as this architecture's
 * own headers have them. AbiTest compares the committed outputs with our layouts. To make them again:
 *
 *     gcc -o abi abi.c && ./abi > x86_64.txt
 *     aarch64-linux-gnu-gcc -static -o abi abi.c && qemu-aarch64 ./abi > aarch64.txt
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stddef.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <time.h>
#include <linux/fanotify.h>
#include <linux/openat2.h>
#include <linux/limits.h>
#include <sys/eventfd.h>
#include <sys/inotify.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <sys/syscall.h>

#define SIZE(type, label) printf("sizeof." label " %zu\n", sizeof(type))
#define FIELD(type, label, field) printf(label "." #field " %zu\n", offsetof(type, field))
#define CONSTANT(name) printf(#name " %lld\n", (long long) (name))

int main(void) {
    SIZE(struct statx, "statx");
    FIELD(struct statx, "statx", stx_mask);
    FIELD(struct statx, "statx", stx_blksize);
    FIELD(struct statx, "statx", stx_attributes);
    FIELD(struct statx, "statx", stx_nlink);
    FIELD(struct statx, "statx", stx_uid);
    FIELD(struct statx, "statx", stx_gid);
    FIELD(struct statx, "statx", stx_mode);
    FIELD(struct statx, "statx", stx_ino);
    FIELD(struct statx, "statx", stx_size);
    FIELD(struct statx, "statx", stx_blocks);
    FIELD(struct statx, "statx", stx_attributes_mask);
    FIELD(struct statx, "statx", stx_atime);
    FIELD(struct statx, "statx", stx_btime);
    FIELD(struct statx, "statx", stx_ctime);
    FIELD(struct statx, "statx", stx_mtime);
    FIELD(struct statx, "statx", stx_rdev_major);
    FIELD(struct statx, "statx", stx_rdev_minor);
    FIELD(struct statx, "statx", stx_dev_major);
    FIELD(struct statx, "statx", stx_dev_minor);
    FIELD(struct statx, "statx", stx_mnt_id);
    SIZE(struct statx_timestamp, "statx_timestamp");
    FIELD(struct statx_timestamp, "statx_timestamp", tv_sec);
    FIELD(struct statx_timestamp, "statx_timestamp", tv_nsec);
    SIZE(struct dirent64, "dirent64");
    FIELD(struct dirent64, "dirent64", d_ino);
    FIELD(struct dirent64, "dirent64", d_off);
    FIELD(struct dirent64, "dirent64", d_reclen);
    FIELD(struct dirent64, "dirent64", d_type);
    FIELD(struct dirent64, "dirent64", d_name);
    SIZE(struct open_how, "open_how");
    FIELD(struct open_how, "open_how", flags);
    FIELD(struct open_how, "open_how", mode);
    FIELD(struct open_how, "open_how", resolve);
    SIZE(struct timespec, "timespec");
    FIELD(struct timespec, "timespec", tv_sec);
    FIELD(struct timespec, "timespec", tv_nsec);
    FIELD(struct file_handle, "file_handle", handle_bytes);
    FIELD(struct file_handle, "file_handle", handle_type);
    FIELD(struct file_handle, "file_handle", f_handle);
    SIZE(struct statfs, "statfs");
    FIELD(struct statfs, "statfs", f_type);
    FIELD(struct statfs, "statfs", f_bsize);
    FIELD(struct statfs, "statfs", f_blocks);
    FIELD(struct statfs, "statfs", f_bfree);
    FIELD(struct statfs, "statfs", f_bavail);
    FIELD(struct statfs, "statfs", f_files);
    FIELD(struct statfs, "statfs", f_ffree);
    FIELD(struct statfs, "statfs", f_fsid);
    FIELD(struct statfs, "statfs", f_namelen);
    FIELD(struct statfs, "statfs", f_frsize);
    FIELD(struct statfs, "statfs", f_flags);
    SIZE(struct pollfd, "pollfd");
    FIELD(struct pollfd, "pollfd", fd);
    FIELD(struct pollfd, "pollfd", events);
    FIELD(struct pollfd, "pollfd", revents);
    SIZE(struct inotify_event, "inotify_event");
    FIELD(struct inotify_event, "inotify_event", wd);
    FIELD(struct inotify_event, "inotify_event", mask);
    FIELD(struct inotify_event, "inotify_event", cookie);
    FIELD(struct inotify_event, "inotify_event", len);
    SIZE(struct fanotify_event_metadata, "fanotify_event_metadata");
    FIELD(struct fanotify_event_metadata, "fanotify_event_metadata", event_len);
    FIELD(struct fanotify_event_metadata, "fanotify_event_metadata", vers);
    FIELD(struct fanotify_event_metadata, "fanotify_event_metadata", reserved);
    FIELD(struct fanotify_event_metadata, "fanotify_event_metadata", metadata_len);
    FIELD(struct fanotify_event_metadata, "fanotify_event_metadata", mask);
    FIELD(struct fanotify_event_metadata, "fanotify_event_metadata", fd);
    FIELD(struct fanotify_event_metadata, "fanotify_event_metadata", pid);
    SIZE(struct fanotify_event_info_header, "fanotify_event_info_header");
    FIELD(struct fanotify_event_info_header, "fanotify_event_info_header", info_type);
    FIELD(struct fanotify_event_info_header, "fanotify_event_info_header", pad);
    FIELD(struct fanotify_event_info_header, "fanotify_event_info_header", len);
    SIZE(struct fanotify_event_info_fid, "fanotify_event_info_fid");
    FIELD(struct fanotify_event_info_fid, "fanotify_event_info_fid", hdr);
    FIELD(struct fanotify_event_info_fid, "fanotify_event_info_fid", fsid);
    FIELD(struct fanotify_event_info_fid, "fanotify_event_info_fid", handle);

    CONSTANT(O_RDONLY);
    CONSTANT(O_RDWR);
    CONSTANT(O_CREAT);
    CONSTANT(O_EXCL);
    CONSTANT(O_NONBLOCK);
    CONSTANT(O_NOATIME);
    CONSTANT(O_CLOEXEC);
    CONSTANT(O_PATH);
    CONSTANT(O_DIRECTORY);
    CONSTANT(O_NOFOLLOW);
    CONSTANT(AT_FDCWD);
    CONSTANT(AT_SYMLINK_NOFOLLOW);
    CONSTANT(AT_REMOVEDIR);
    CONSTANT(AT_NO_AUTOMOUNT);
    CONSTANT(AT_EMPTY_PATH);
    CONSTANT(RENAME_NOREPLACE);
    CONSTANT(RENAME_EXCHANGE);
    CONSTANT(RESOLVE_NO_MAGICLINKS);
    CONSTANT(RESOLVE_NO_SYMLINKS);
    CONSTANT(RESOLVE_BENEATH);
    CONSTANT(STATX_BASIC_STATS);
    CONSTANT(STATX_MNT_ID);
    CONSTANT(PATH_MAX);
    CONSTANT(MAX_HANDLE_SZ);
    CONSTANT(SYS_openat2);
    CONSTANT(SYS_ioprio_set);
    CONSTANT(FIONREAD);
    CONSTANT(EFD_CLOEXEC);
    CONSTANT(EFD_NONBLOCK);
    CONSTANT(POLLIN);
    CONSTANT(POLLPRI);
    CONSTANT(POSIX_FADV_RANDOM);
    CONSTANT(POSIX_FADV_SEQUENTIAL);
    CONSTANT(POSIX_FADV_WILLNEED);
    CONSTANT(POSIX_FADV_DONTNEED);
    CONSTANT(SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE | SYNC_FILE_RANGE_WAIT_AFTER);
    CONSTANT(IN_CLOEXEC);
    CONSTANT(IN_NONBLOCK);
    CONSTANT(IN_EXCL_UNLINK);
    CONSTANT(IN_ONLYDIR);
    CONSTANT(IN_MODIFY);
    CONSTANT(IN_ATTRIB);
    CONSTANT(IN_CLOSE_WRITE);
    CONSTANT(IN_MOVED_FROM);
    CONSTANT(IN_MOVED_TO);
    CONSTANT(IN_CREATE);
    CONSTANT(IN_DELETE);
    CONSTANT(IN_DELETE_SELF);
    CONSTANT(IN_MOVE_SELF);
    CONSTANT(IN_UNMOUNT);
    CONSTANT(IN_Q_OVERFLOW);
    CONSTANT(IN_IGNORED);
    CONSTANT(IN_ISDIR);
    CONSTANT(FAN_CLOEXEC | FAN_NONBLOCK | FAN_CLASS_NOTIF | FAN_UNLIMITED_QUEUE | FAN_UNLIMITED_MARKS
             | FAN_REPORT_DFID_NAME_TARGET);
    CONSTANT(FAN_MARK_ADD);
    CONSTANT(FAN_MARK_REMOVE);
    CONSTANT(FAN_MARK_FILESYSTEM);
    CONSTANT(FAN_MODIFY);
    CONSTANT(FAN_ATTRIB);
    CONSTANT(FAN_CLOSE_WRITE);
    CONSTANT(FAN_MOVED_FROM);
    CONSTANT(FAN_MOVED_TO);
    CONSTANT(FAN_CREATE);
    CONSTANT(FAN_DELETE);
    CONSTANT(FAN_DELETE_SELF);
    CONSTANT(FAN_MOVE_SELF);
    CONSTANT(FAN_Q_OVERFLOW);
    CONSTANT(FAN_RENAME);
    CONSTANT(FAN_ONDIR);
    CONSTANT(FANOTIFY_METADATA_VERSION);
    CONSTANT(FAN_EVENT_INFO_TYPE_FID);
    CONSTANT(FAN_EVENT_INFO_TYPE_DFID_NAME);
    CONSTANT(FAN_EVENT_INFO_TYPE_DFID);
    CONSTANT(FAN_EVENT_INFO_TYPE_OLD_DFID_NAME);
    CONSTANT(FAN_EVENT_INFO_TYPE_NEW_DFID_NAME);
    CONSTANT(EPERM);
    CONSTANT(ENOENT);
    CONSTANT(ESRCH);
    CONSTANT(EINTR);
    CONSTANT(EBADF);
    CONSTANT(EAGAIN);
    CONSTANT(EACCES);
    CONSTANT(EEXIST);
    CONSTANT(ENOTDIR);
    CONSTANT(EINVAL);
    CONSTANT(ENOSPC);
    CONSTANT(ENAMETOOLONG);
    CONSTANT(ENOSYS);
    CONSTANT(ENOTEMPTY);
    CONSTANT(ENODATA);
    CONSTANT(EOPNOTSUPP);
    CONSTANT(ESTALE);
    CONSTANT(EDQUOT);
    return 0;
}

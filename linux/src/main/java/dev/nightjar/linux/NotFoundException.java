package dev.nightjar.linux;

/** The file, or a directory on the way to it, does not exist (ENOENT, ENOTDIR). */
public final class NotFoundException extends LinuxException {
    NotFoundException(String call, String file, int errno) {
        super(call, file, errno);
    }
}

package dev.nightjar.linux;

/** The file system or the quota is full (ENOSPC, EDQUOT). */
public final class NoSpaceException extends LinuxException {
    NoSpaceException(String call, String file, int errno) {
        super(call, file, errno);
    }
}

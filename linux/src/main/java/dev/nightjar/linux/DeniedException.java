package dev.nightjar.linux;

/** The caller may not do this (EACCES, EPERM). */
public final class DeniedException extends LinuxException {
    DeniedException(String call, String file, int errno) {
        super(call, file, errno);
    }
}

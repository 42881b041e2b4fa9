package dev.nightjar.linux;

/** What a file handle stands for is gone (ESTALE). */
public final class StaleException extends LinuxException {
    StaleException(String call, String file, int errno) {
        super(call, file, errno);
    }
}

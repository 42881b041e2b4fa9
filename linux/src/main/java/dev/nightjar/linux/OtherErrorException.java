package dev.nightjar.linux;

/** Any other error; {@link #errnoName()} tells which. */
public final class OtherErrorException extends LinuxException {
    OtherErrorException(String call, String file, int errno) {
        super(call, file, errno);
    }
}

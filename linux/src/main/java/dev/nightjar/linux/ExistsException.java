package dev.nightjar.linux;

/** Something is there already, or the directory is not empty (EEXIST, ENOTEMPTY). */
public final class ExistsException extends LinuxException {
    ExistsException(String call, String file, int errno) {
        super(call, file, errno);
    }
}

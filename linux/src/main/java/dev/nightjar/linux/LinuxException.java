package dev.nightjar.linux;

import java.io.IOException;

/** A system call that the kernel refused: which call, on which file, and why. */
public abstract sealed class LinuxException extends IOException
        permits NotFoundException,
                DeniedException,
                NoSpaceException,
                ExistsException,
                StaleException,
                OtherErrorException {
    private final String call;
    private final String file;
    private final int errno;

    LinuxException(String call, String file, int errno) {
        super(file + ": " + Errno.describe(errno) + " (" + call + ": " + Errno.name(errno) + ")");
        this.call = call;
        this.file = file;
        this.errno = errno;
    }

    /** The exception of the kind that fits {@code errno}. */
    static LinuxException of(String call, String file, int errno) {
        return switch (errno) {
            case Errno.ENOENT, Errno.ENOTDIR -> new NotFoundException(call, file, errno);
            case Errno.EACCES, Errno.EPERM -> new DeniedException(call, file, errno);
            case Errno.ENOSPC, Errno.EDQUOT -> new NoSpaceException(call, file, errno);
            case Errno.EEXIST, Errno.ENOTEMPTY -> new ExistsException(call, file, errno);
            case Errno.ESTALE -> new StaleException(call, file, errno);
            default -> new OtherErrorException(call, file, errno);
        };
    }

    /** The C function, such as "openat". */
    public final String call() {
        return call;
    }

    /** The file as far as it is known, for people: the path it was opened by, which a rename since then makes old. */
    public final String file() {
        return file;
    }

    /** The error number of this machine's Linux. */
    public final int errno() {
        return errno;
    }

    /** Its symbol, such as "EACCES". */
    public final String errnoName() {
        return Errno.name(errno);
    }

    /** What it means in words, such as "Permission denied". */
    public final String reason() {
        return Errno.describe(errno);
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.RenameMode;
import java.io.OutputStream;

/**
 * A file that a command writes its answer to: under a temporary name beside it, until it is whole. Only its owner can read
 * it. Closing it takes away what was not kept.
 */
final class OutFile implements AutoCloseable {
    private static final int PRIVATE = 0600;

    private final Directory directory;
    private final Name name;
    private final Name temporary;
    private final OpenFile file;
    private final RenameMode mode;
    private long written;
    private boolean kept;

    private OutFile(Directory directory, Name name, Name temporary, OpenFile file, RenameMode mode) {
        this.directory = directory;
        this.name = name;
        this.temporary = temporary;
        this.file = file;
        this.mode = mode;
    }

    /** Begins the file; one that is there is replaced only after a yes. */
    static OutFile begin(Session session, BytePath path) throws LinuxException, CommandException {
        BytePath parent = path.parent();
        Name name = path.name();
        if (parent == null || name == null) {
            throw new CommandException(ErrorMessage.usage(Quoting.quote(path.toArgument()) + " is a directory")
                    .remedy("--out FILE"));
        }
        Directory directory = Directory.open(parent);
        boolean begun = false;
        try {
            RenameMode mode = RenameMode.NO_REPLACE;
            if (directory.statOrNull(name) != null) {
                mustBeMeant(session, path);
                mode = RenameMode.REPLACE;
            }
            Name temporary = Name.of(".nightjar-"
                    + Long.toString(session.invocation().random().nextLong(1L << 40), Character.MAX_RADIX));
            OutFile out = new OutFile(directory, name, temporary, directory.createFile(temporary, PRIVATE), mode);
            begun = true;
            return out;
        } finally {
            if (!begun) {
                directory.close();
            }
        }
    }

    private static void mustBeMeant(Session session, BytePath path) throws CommandException {
        String shown = Quoting.quote(path.toArgument());
        if (!YesNo.ask(session, shown + " is there already. Replace it?")) {
            throw new CommandException(
                    ErrorMessage.of(ExitCode.FAILED, ErrorClass.PERMANENT, "exists", shown + " is there already")
                            .because("Nothing was touched.")
                            .about(path.toArgument())
                            .remedy("the same with --yes", "replaces it"));
        }
    }

    /** Writes to the file; closing the stream does nothing. */
    OutputStream stream() {
        return new OutputStream() {
            @Override
            public void write(int b) throws LinuxException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws LinuxException {
                file.write(bytes, offset, length);
                written += length;
            }
        };
    }

    /** Bytes so far. */
    long written() {
        return written;
    }

    /** The file is whole: gives it its name, durably. */
    void keep() throws LinuxException {
        file.sync();
        directory.rename(temporary, directory, name, mode);
        kept = true;
        directory.sync();
    }

    @Override
    public void close() throws LinuxException {
        try (directory;
                file) {
            if (!kept) {
                directory.unlink(temporary);
            }
        }
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.job.Places;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.RawText;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.look.Dump;
import dev.nightjar.repository.restore.TreePaths;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar dump}: a file, or a directory as an archive, to stdout. */
@Command(
        name = "dump",
        customSynopsis = "nightjar dump SNAPSHOT[:PATH] [--archive tar|zip] [--out FILE]",
        description = {
            "Prints a file of a snapshot; a directory, or all of a snapshot, as an",
            "archive. restic's way is taken, too: nightjar dump SNAPSHOT PATH.",
            "A tar archive has all that a restore would give back but sockets; a zip",
            "archive has files, directories and symlinks.",
            "Everything is compared with the hash it was stored under."
        },
        footer = {
            "nightjar dump latest:/home/me/notes.txt | less",
            "nightjar dump latest:/home/me/src | tar -xf - -C ~/old-src",
            "nightjar dump latest~3:/home/me/Photos --archive zip --out photos.zip"
        })
final class DumpVerb extends Verb {
    private static final int BUFFER = 64 * 1024;

    @Parameters(index = "0", arity = "1", paramLabel = "SNAPSHOT[:PATH]")
    private String what = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", hidden = true)
    private @Nullable String path;

    @Option(
            names = {"-a", "--archive"},
            paramLabel = "FORMAT",
            description = "how a directory is packed: tar (the default) or zip")
    private Dump.Format format = Dump.Format.TAR;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "write to this file, which appears when it is whole")
    private @Nullable String out;

    @Mixin
    private FilterFlags flags = new FilterFlags();

    private long leftOut;

    @Override
    ExitCode run(Session session) throws Exception {
        SnapshotPath wanted = SnapshotPath.needed(session, "dump", what, path);
        Console console = session.console();
        if (console.json() && out == null) {
            throw new CommandException(ErrorMessage.usage("dump --json needs --out FILE")
                    .because("What is printed otherwise is the file itself.")
                    .remedy("--out FILE"));
        }
        Repositories repositories = new Repositories(session);
        try (Repository repository = repositories.open(repositories.choose());
                RepositoryLock _ = repository.lockForReading()) {
            repository.loadIndex();
            Snapshot snapshot = wanted.find(repository, flags.filter(session));
            Job job = find(console, repository, snapshot, wanted);
            if (out == null) {
                print(console, job);
            } else {
                save(session, snapshot, job, Places.absolute(out, session.directory()));
            }
        }
        return leftOut > 0 ? ExitCode.PARTLY : ExitCode.DONE;
    }

    /** What is to be done with a stream. */
    private interface Job {
        void writeTo(OutputStream stream) throws IOException;

        boolean isArchive();
    }

    private Job find(Console console, Repository repository, Snapshot snapshot, SnapshotPath wanted)
            throws IOException, CommandException {
        BytePath place = wanted.path() == null ? BytePath.root() : wanted.path();
        Dump dump = new Dump(repository, (left, why) -> {
            leftOut++;
            console.warning("left out " + Quoting.quote(left.toArgument()) + ": " + why);
        });
        Id tree = TreePaths.findTree(repository, snapshot.tree(), place);
        if (tree != null) {
            return new Job() {
                @Override
                public void writeTo(OutputStream stream) throws IOException {
                    dump.directory(place, tree, format, stream);
                }

                @Override
                public boolean isArchive() {
                    return true;
                }
            };
        }
        Node node = TreePaths.find(repository, snapshot.tree(), place);
        if (node == null) {
            throw new CommandException(wanted.pathMissing(snapshot, place.toArgument()));
        }
        if (node.type() != NodeType.FILE) {
            throw new CommandException(noContent(place, node));
        }
        return new Job() {
            @Override
            public void writeTo(OutputStream stream) throws IOException {
                dump.file(place, node, stream);
            }

            @Override
            public boolean isArchive() {
                return false;
            }
        };
    }

    private static ErrorMessage noContent(BytePath place, Node node) {
        ErrorMessage error = ErrorMessage.usage("dump prints files and directories, and "
                + Quoting.quote(place.toArgument()) + " is a " + node.type().word());
        byte[] target = node.linkTarget();
        return target == null
                ? error.remedy("nightjar restore SNAPSHOT:PATH --into DIR", "restores it")
                : error.because("It leads to " + Quoting.quote(RawText.decode(target)) + ".")
                        .remedy("nightjar dump SNAPSHOT:PATH", "with the path it leads to");
    }

    private static void print(Console console, Job job) throws IOException, CommandException {
        if (job.isArchive() && console.tty().isTerminal(1)) {
            throw new CommandException(ErrorMessage.usage("an archive is nothing for a terminal")
                    .remedy("--out FILE", "or send it on: | tar -xf - -C DIR"));
        }
        try (OutputStream stream = new BufferedOutputStream(new Answer(console), BUFFER)) {
            job.writeTo(stream);
        } catch (ReaderGoneException _) {
            return;
        }
    }

    private static final class ReaderGoneException extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** Stdout as a stream; ends the work when nobody reads it any more. */
    private static final class Answer extends OutputStream {
        private final Console console;

        Answer(Console console) {
            this.console = console;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            boolean whole = offset == 0 && length == bytes.length;
            console.answer(whole ? bytes : java.util.Arrays.copyOfRange(bytes, offset, offset + length));
            if (console.isClosed()) {
                throw new ReaderGoneException();
            }
        }
    }

    private void save(Session session, Snapshot snapshot, Job job, BytePath file) throws IOException, CommandException {
        Console console = session.console();
        Instant begun = session.clock().instant();
        long bytes;
        try (var _ = session.interrupts().stopping(Thread.currentThread());
                OutFile to = OutFile.begin(session, file);
                OutputStream stream = new BufferedOutputStream(to.stream(), BUFFER)) {
            job.writeTo(stream);
            stream.flush();
            to.keep();
            bytes = to.written();
        }
        Duration took = Duration.between(begun, session.clock().instant());
        if (console.json()) {
            JsonObject summary = JsonObject.message("summary");
            if (snapshot.id() != null) {
                summary.put("snapshot", snapshot.id().hex());
            }
            console.answer(summary.putPath("out", file.toArgument())
                    .put("bytes", bytes)
                    .put("left_out", leftOut)
                    .putSeconds("seconds", took));
        } else {
            console.answer("Wrote " + console.path(file.toArgument()) + ", " + Figures.size(bytes) + ", in "
                    + Figures.took(took) + ". All verified.");
        }
    }
}

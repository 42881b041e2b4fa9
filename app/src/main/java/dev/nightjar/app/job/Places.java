package dev.nightjar.app.job;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.RawText;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.DeniedException;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Paths as the user gives them, made absolute and free of symbolic links. */
public final class Places {
    private static final int MAX_LINKS = 40; // as the kernel

    private Places() {}

    /** The path from the root directory, its "." and ".." taken by the letter. */
    public static BytePath absolute(String path, Path workingDirectory) {
        return BytePath.of(workingDirectory.toString())
                .resolve(BytePath.of(path))
                .normalize();
    }

    /** The sources of a job: canonical, sorted, and none below another. */
    public static List<BytePath> roots(List<String> paths, Path workingDirectory) throws CommandException {
        List<BytePath> all = new ArrayList<>();
        for (String path : paths) {
            all.add(existing(path, workingDirectory));
        }
        List<BytePath> roots = new ArrayList<>();
        for (BytePath path : all.stream().sorted().distinct().toList()) {
            if (roots.stream().noneMatch(path::startsWith)) {
                roots.add(path);
            }
        }
        return roots;
    }

    /** Refuses what cannot be a job's source: a file, or a directory that cannot be opened. */
    public static void mustBeDirectory(BytePath root) throws CommandException {
        String path = root.toArgument();
        try (Directory _ = Directory.open(root)) {
            return;
        } catch (NotFoundException e) {
            throw new CommandException(
                    ErrorMessage.usage(Quoting.quote(path) + " is not a directory")
                            .because("Nightjar watches directories. Nothing was touched.")
                            .about(path)
                            .remedy("give the directory it is in", "(--exclude leaves out what is beside it)"),
                    e);
        } catch (LinuxException e) {
            throw new CommandException(
                    ErrorMessage.of(
                                    ExitCode.FAILED,
                                    e instanceof DeniedException ? ErrorClass.DENIED : ErrorClass.PERMANENT,
                                    e instanceof DeniedException ? "denied" : "system",
                                    "cannot look into " + Quoting.quote(path))
                            .because("(" + e.reason() + ") Nothing was touched.")
                            .about(path)
                            .remedy("ls -ld " + Quoting.quote(path), "shows who may"),
                    e);
        }
    }

    /** The canonical path of a file that exists. */
    public static BytePath existing(String path, Path workingDirectory) throws CommandException {
        if (path.isEmpty()) {
            throw new CommandException(ErrorMessage.usage("a path is empty"));
        }
        BytePath absolute = BytePath.of(workingDirectory.toString()).resolve(BytePath.of(path));
        try {
            return RawText.isFaithful(absolute.toArgument())
                    ? BytePath.of(Path.of(absolute.toArgument()).toRealPath().toString())
                    : canonical(absolute);
        } catch (LinuxException e) {
            throw notThere(path, e.reason(), e);
        } catch (IOException e) {
            String reason = e instanceof java.nio.file.NoSuchFileException
                    ? "No such file or directory"
                    : e instanceof java.nio.file.AccessDeniedException ? "Permission denied" : e.getMessage();
            throw notThere(path, String.valueOf(reason), e);
        }
    }

    private static CommandException notThere(String path, String reason, IOException cause) {
        return new CommandException(
                ErrorMessage.of(
                                ExitCode.USAGE,
                                ErrorClass.NOT_FOUND,
                                "not-found",
                                "there is nothing to look at in " + Quoting.quote(path))
                        .because("(" + Quoting.oneLine(reason) + ") Nothing was touched.")
                        .about(path)
                        .remedy("give a path that is there", "(relative ones begin in the current directory)"),
                cause);
    }

    private static BytePath canonical(BytePath path) throws IOException {
        Deque<Name> rest = new ArrayDeque<>(path.names());
        BytePath done = BytePath.root();
        int links = 0;
        while (!rest.isEmpty()) {
            Name name = rest.pop();
            try (Directory directory = Directory.open(done)) {
                BytePath step = done.resolve(name).normalize();
                boolean dots = step.name() == null || !step.equals(done.resolve(name));
                Stat stat = dots ? directory.stat() : directory.stat(name);
                if (stat.type() == FileType.SYMLINK && ++links <= MAX_LINKS) {
                    BytePath target = BytePath.of(directory.readLink(name));
                    if (target.isAbsolute()) {
                        done = BytePath.root();
                    }
                    target.names().reversed().forEach(rest::push);
                } else {
                    done = step;
                }
            }
        }
        return done;
    }
}

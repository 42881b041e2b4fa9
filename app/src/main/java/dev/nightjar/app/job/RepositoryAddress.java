package dev.nightjar.app.job;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.Quoting;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * Where a repository is.
 *
 * @param directory absolute; symbolic links in it are followed as far as it exists
 */
public record RepositoryAddress(Path directory) {
    private static final List<String> ELSEWHERE =
            List.of("sftp:", "rest:", "s3:", "b2:", "azure:", "gs:", "swift:", "rclone:");

    /** Reads an address as restic writes it: a path, or {@code local:} and a path. */
    public static RepositoryAddress parse(String text, Path workingDirectory) throws CommandException {
        for (String scheme : ELSEWHERE) {
            if (text.startsWith(scheme)) {
                throw new CommandException(ErrorMessage.usage("cannot use the repository " + Quoting.quote(text))
                        .because("This version keeps repositories in directories only, which may be on a mounted")
                        .because("NAS or disk; " + scheme + " is not there yet.")
                        .remedy("mount it, and give the directory", "-r /mnt/nas/documents"));
            }
        }
        String path = text.startsWith("local:") ? text.substring("local:".length()) : text;
        if (path.isEmpty()) {
            throw new CommandException(
                    ErrorMessage.usage("the repository's address is empty").remedy("-r REPO", "a directory"));
        }
        try {
            return new RepositoryAddress(
                    resolved(workingDirectory.resolve(path).toAbsolutePath().normalize()));
        } catch (InvalidPathException e) {
            throw new CommandException(
                    ErrorMessage.usage("cannot use the repository " + Quoting.quote(text))
                            .because("(" + e.getReason() + ")")
                            .remedy("-r REPO", "a directory"),
                    e);
        }
    }

    private static Path resolved(Path path) {
        for (Path existing = path; existing != null; existing = existing.getParent()) {
            try {
                return existing.toRealPath().resolve(existing.relativize(path)).normalize();
            } catch (IOException _) {
                // Not there, or not to be looked at: its parent then.
            }
        }
        return path;
    }

    /** The address as it is remembered and compared. */
    public String text() {
        return directory.toString();
    }

    /** The address as people read it, and as it can be pasted. */
    public String shown() {
        return Quoting.quote(text());
    }
}

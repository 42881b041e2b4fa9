package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.SnapshotFilter;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code SNAPSHOT[:PATH]}. What is a snapshot is decided by spelling alone, never by what happens to exist:
 * {@code latest}, {@code latest~3}, or 8 to 64 hex digits.
 *
 * @param back how many snapshots before the latest; -1 if an id is given
 * @param id the beginning of an id; empty for latest
 * @param path in the snapshot; null if none was given
 */
record SnapshotPath(int back, String id, @Nullable BytePath path) {
    private static final Pattern SPELLING =
            Pattern.compile("(?:latest(?:~(\\d{1,6}))?|([0-9a-f]{8,64}))(?::(.*))?", Pattern.DOTALL);

    /** Reads it; empty if the spelling is another. */
    static Optional<SnapshotPath> parse(String text) {
        Matcher matcher = SPELLING.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String path = matcher.group(3);
        BytePath inside =
                path == null || path.isEmpty() ? null : BytePath.of("/" + path).normalize();
        if (matcher.group(2) != null) {
            return Optional.of(new SnapshotPath(-1, matcher.group(2), inside));
        }
        int back = matcher.group(1) == null ? 0 : Integer.parseInt(matcher.group(1));
        return Optional.of(new SnapshotPath(back, "", inside));
    }

    /**
     * Reads what a verb was given, which must be a snapshot.
     *
     * @param path in the snapshot, where it is an argument of its own, as restic takes it; else null
     */
    static SnapshotPath needed(Session session, String verb, String text, @Nullable String path)
            throws CommandException {
        Optional<SnapshotPath> parsed = parse(text);
        if (parsed.isEmpty()) {
            throw new CommandException(
                    ErrorMessage.usage(verb + " needs a snapshot: latest, latest~3 or 8 to 64 hex digits")
                            .remedy("nightjar " + verb + " latest:"
                                    + Quoting.quote(session.jobs().place(text).toArgument())));
        }
        if (path == null) {
            return parsed.get();
        }
        if (parsed.get().path() != null) {
            throw new CommandException(
                    ErrorMessage.usage(verb + " was given two paths").remedy("nightjar " + verb + " SNAPSHOT:PATH"));
        }
        return parsed.get().at(path);
    }

    /** The same snapshot, and this path in it. */
    private SnapshotPath at(String inside) {
        return new SnapshotPath(back, id, BytePath.of("/" + inside).normalize());
    }

    /** The snapshot that is meant, among all or those of one host. */
    Snapshot find(Repository repository, @Nullable String host) throws IOException, CommandException {
        return find(
                repository,
                host == null ? SnapshotFilter.ALL : new SnapshotFilter(List.of(host), List.of(), List.of()));
    }

    /** The snapshot that is meant, among those that pass the filter. */
    Snapshot find(Repository repository, SnapshotFilter filter) throws IOException, CommandException {
        return find(repository.snapshots().stream().filter(filter::passes).toList());
    }

    /** The snapshot that is meant, among these, oldest first. */
    Snapshot find(List<Snapshot> all) throws CommandException {
        if (id.isEmpty()) {
            if (all.size() <= back) {
                throw new CommandException(missing(
                        back == 0 ? "there is no snapshot yet" : "there are only " + all.size() + " snapshots"));
            }
            return all.get(all.size() - 1 - back);
        }
        List<Snapshot> fitting = all.stream()
                .filter(snapshot -> snapshot.id() != null && snapshot.id().hex().startsWith(id))
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        throw new CommandException(
                missing(fitting.isEmpty() ? "there is no snapshot " + id : "several snapshots begin with " + id));
    }

    private static ErrorMessage missing(String what) {
        return ErrorMessage.of(ExitCode.FAILED, ErrorClass.NOT_FOUND, "no-snapshot", what)
                .remedy("nightjar snapshots --all", "lists them");
    }

    /** The error that the path is not in the snapshot. */
    ErrorMessage pathMissing(Snapshot snapshot, String asked) {
        String shortId = snapshot.id() == null ? "" : snapshot.id().shortHex();
        return ErrorMessage.of(
                        ExitCode.FAILED,
                        ErrorClass.NOT_FOUND,
                        "not-found",
                        "snapshot " + shortId + " has no " + Quoting.quote(asked))
                .about(asked)
                .remedy("nightjar ls " + shortId, "lists what it has");
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.engine.QuestionException;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Saves what is there before a restore overwrites it, and says how to get it back: by the run that watches it, or as
 * {@code backup} does.
 */
final class SaveFirst {
    private final Session session;

    /** What saving a job has answered, by its id. */
    private final Map<String, JsonObject> commits = new HashMap<>();

    private final List<Saved> saved = new ArrayList<>();

    /**
     * A path at which something was.
     *
     * @param directory whether that was a directory
     * @param job that saves it; null if none does
     * @param snapshot that has it; null if none does
     */
    private record Saved(
            BytePath path,
            boolean directory,
            @Nullable Known job,
            @Nullable String snapshot) {}

    SaveFirst(Session session) {
        this.session = session;
    }

    /**
     * Saves what is at these paths.
     *
     * @param preferred whose sources they are if it covers them; else it is the job that does
     * @throws CommandException if that cannot be done: then nothing is to be overwritten
     */
    void save(List<BytePath> paths, @Nullable Known preferred)
            throws IOException, CommandException, InterruptedException {
        List<Known> jobs = session.jobs().all();
        for (BytePath path : paths) {
            FileType there = typeOfWhatIsThere(path);
            if (there == null) {
                continue;
            }
            Known job = Stream.concat(
                            Stream.ofNullable(preferred)
                                    .filter(known -> known.job().covers(path)),
                            JobFinder.containing(jobs, path).stream())
                    .filter(known -> known.job().repository() != null)
                    .findFirst()
                    .orElse(null);
            String snapshot = job == null ? null : commit(job, path).string("snapshot");
            saved.add(new Saved(path, there == FileType.DIRECTORY, job, snapshot));
        }
    }

    private JsonObject commit(Known job, BytePath path) throws IOException, CommandException, InterruptedException {
        String id = job.directory().id();
        JsonObject commit = commits.get(id);
        if (commit == null) {
            commit = commitNow(job, path);
            commits.put(id, commit);
        }
        mustHaveBeenRead(commit, path);
        return commit;
    }

    private JsonObject commitNow(Known job, BytePath path) throws IOException, CommandException, InterruptedException {
        try {
            Optional<JsonObject> watched = OneBackup.byWatcher(job.directory());
            if (watched.isPresent()) {
                return watched.get();
            }
            session.console().talk("Saving what is there first ...");
            JobSetup setup = new JobSetup(job.directory(), job.job(), Optional.of(job.job()));
            var prepared = new TargetPreparation(session, setup).prepare(TargetPreparation.Manner.MUST_EXIST);
            return CommitText.json(OneBackup.save(session, prepared, WatcherChoice.AUTO));
        } catch (QuestionException e) {
            throw new CommandException(notSaved(Errors.explain(e), path));
        } catch (CommandException e) {
            throw e.error().errorClass() == ErrorClass.QUESTION ? new CommandException(notSaved(e.error(), path)) : e;
        }
    }

    /** A snapshot does not have what could not be read. */
    private void mustHaveBeenRead(JsonObject commit, BytePath path) throws CommandException {
        List<JsonObject> listed = commit.objects("problem_files");
        for (JsonObject file : listed) {
            String unread = file.path("path");
            if (unread != null && BytePath.of(unread).startsWith(path)) {
                ErrorMessage error = ErrorMessage.of(
                        ExitCode.FAILED, ErrorClass.DENIED, "not-saved", Quoting.quote(unread) + " could not be read");
                throw new CommandException(notSaved(
                        error.because("(" + file.string("reason") + ")").about(unread), path));
            }
        }
        if (commit.number("problems", 0) > listed.size()) {
            session.console().error("nightjar: many files could not be read, some perhaps of what is overwritten now");
            session.console().error("  Do:  nightjar status");
        }
    }

    private static ErrorMessage notSaved(ErrorMessage error, BytePath path) {
        return error.because("So what is there could not be saved first; nothing was restored.")
                .remedy("nightjar restore " + Quoting.quote(path.toArgument()), "puts the old version beside it");
    }

    /** Null if there is nothing, or a directory with nothing in it. */
    private static @Nullable FileType typeOfWhatIsThere(BytePath path) throws IOException {
        Name name = path.name();
        BytePath parent = path.parent();
        if (name == null || parent == null) {
            return FileType.DIRECTORY;
        }
        try (Directory in = Directory.open(parent)) {
            Stat there = in.statOrNull(name);
            if (there == null) {
                return null;
            }
            return there.type() == FileType.DIRECTORY && isEmpty(in, name) ? null : there.type();
        } catch (NotFoundException _) {
            return null;
        }
    }

    private static boolean isEmpty(Directory in, Name name) throws IOException {
        boolean[] empty = {true};
        try (Directory directory = in.openDirectory(name)) {
            directory.list((_, _) -> empty[0] = false);
        }
        return empty[0];
    }

    /** Says what was saved, and how to put it back. */
    void tell() {
        Console console = session.console();
        for (Saved each : saved) {
            String path = each.path().toArgument();
            if (console.json()) {
                console.answer(JsonObject.message("saved_first")
                        .putPath("path", path)
                        .putIfKnown("snapshot", each.snapshot()));
            } else if (each.snapshot() == null || each.job() == null) {
                console.answer("What was there was not saved first: no job saves " + console.path(path) + ".");
            } else {
                console.answer("Undo:  " + undo(each, each.snapshot(), each.job()));
            }
        }
    }

    /** The contents of a directory go into it, anything else into where it is. */
    private String undo(Saved what, String snapshot, Known job) {
        BytePath parent = what.path().parent();
        BytePath into = what.directory() || parent == null ? what.path() : parent;
        String state = session.flags().state;
        return "nightjar restore " + snapshot.substring(0, 8) + ":"
                + Quoting.quote(what.path().toArgument()) + " --into "
                + Quoting.quote(into.toArgument()) + " --overwrite always --job "
                + job.directory().id() + (state == null ? "" : " --state " + Quoting.quote(state));
    }
}

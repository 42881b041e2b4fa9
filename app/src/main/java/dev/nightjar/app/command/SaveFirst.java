package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlClient;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.engine.QuestionException;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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

    /** By the id of the job that has it: the snapshot. */
    private final Map<String, Optional<String>> snapshots = new HashMap<>();

    private final List<Saved> saved = new ArrayList<>();

    /**
     * A path at which something was.
     *
     * @param snapshot that has it; null if no job saves it
     */
    private record Saved(
            BytePath path,
            @Nullable String snapshot,
            @Nullable Known job) {}

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
            if (!isAnythingThere(Path.of(path.toArgument()))) {
                continue;
            }
            Known job = Stream.concat(
                            Stream.ofNullable(preferred)
                                    .filter(known -> known.job().covers(path)),
                            JobFinder.containing(jobs, path).stream())
                    .filter(known -> known.job().repository() != null)
                    .findFirst()
                    .orElse(null);
            saved.add(new Saved(path, job == null ? null : snapshot(job, path), job));
        }
    }

    private @Nullable String snapshot(Known job, BytePath path)
            throws IOException, CommandException, InterruptedException {
        String id = job.directory().id();
        Optional<String> known = snapshots.get(id);
        if (known == null) {
            known = Optional.ofNullable(commit(job, path).string("snapshot"));
            snapshots.put(id, known);
        }
        return known.orElse(null);
    }

    private JsonObject commit(Known job, BytePath path) throws IOException, CommandException, InterruptedException {
        ErrorMessage question;
        try {
            JsonObject answer = commit(job);
            if (!answer.type().equals("exit_error")) {
                return answer;
            }
            question = RemoteError.of(answer);
            if (question.errorClass() != ErrorClass.QUESTION) {
                throw new CommandException(question);
            }
        } catch (QuestionException e) {
            question = Errors.explain(e);
        }
        throw new CommandException(question.because("So what is there could not be saved first; nothing was restored.")
                .remedy("nightjar restore " + Quoting.quote(path.toArgument()), "puts the old version beside it"));
    }

    private JsonObject commit(Known job) throws IOException, CommandException, InterruptedException {
        Optional<ControlClient> watcher = ControlClient.connect(job.directory().socket());
        if (watcher.isPresent()) {
            try (ControlClient client = watcher.get()) {
                return client.ask(new JsonObject().put("request", "backup"));
            }
        }
        session.console().talk("Saving what is there first ...");
        JobSetup setup = new JobSetup(job.directory(), job.job(), Optional.of(job.job()));
        var prepared = new TargetPreparation(session, setup).prepare(TargetPreparation.Manner.MUST_EXIST);
        return CommitText.json(OneBackup.save(session, prepared, WatcherChoice.AUTO));
    }

    private static boolean isAnythingThere(Path path) throws IOException {
        if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
        }
        try (Stream<Path> entries = Files.list(path)) {
            return entries.findAny().isPresent();
        }
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
                console.answer("Undo:  nightjar restore " + each.snapshot().substring(0, 8) + ":"
                        + Quoting.quote(path) + " --into "
                        + Quoting.quote(placeOf(each.path()).toArgument()) + " --overwrite always --job "
                        + each.job().directory().id());
            }
        }
    }

    /** Where its contents go, if it is a directory; where it goes itself, if not. */
    private static BytePath placeOf(BytePath path) {
        BytePath parent = path.parent();
        boolean directory = Files.isDirectory(Path.of(path.toArgument()), LinkOption.NOFOLLOW_LINKS);
        return directory || parent == null ? path : parent;
    }
}

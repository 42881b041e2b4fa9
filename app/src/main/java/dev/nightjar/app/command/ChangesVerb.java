package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlClient;
import dev.nightjar.app.job.CursorFile;
import dev.nightjar.app.job.Job;
import dev.nightjar.app.job.Places;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.FeedException;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nightjar changes}: what changed, for people and for programs. */
@Command(
        name = "changes",
        customSynopsis = {
            "nightjar changes SRC... [--after-cursor C] [--follow] [-0|--json]",
            "nightjar changes SRC... --cursor NAME [--exec CMD] [--follow]",
            "nightjar changes SRC... --cursor-file F [--exec CMD] [--follow]"
        },
        description = {
            "Tells what changed since a cursor; without one, everything there is (with",
            "--follow: what changes from now on). No backup and no repository is needed.",
            "Where a run watches SRC, it is asked; else SRC is looked through first.",
            "More, also what the lines mean: nightjar help changes"
        },
        footer = {
            "nightjar changes ~/src --follow",
            "nightjar changes ~/src --cursor site --exec ./rebuild",
            "nightjar changes ~/src --after-cursor nj1:4f2a0c11:88123:9e107d9d --json"
        })
final class ChangesVerb extends Verb {
    private static final int BATCH = 1000;

    @Mixin
    private SourceFlags sources = new SourceFlags();

    @Option(names = "--after-cursor", paramLabel = "C", description = "only what changed since this cursor (nj1:...)")
    private @Nullable String afterCursor;

    @Option(
            names = "--cursor",
            paramLabel = "NAME",
            description = "only what changed since the last time this name was used; it then moves on")
    private @Nullable String cursorName;

    @Option(
            names = "--cursor-file",
            paramLabel = "F",
            description = "the same, with the cursor kept in this file instead of under a name")
    private @Nullable Path cursorFile;

    @Option(
            names = "--exec",
            paramLabel = "CMD",
            description = "give this shell command the list on its standard input; the cursor moves only if it exits"
                    + " with 0")
    private @Nullable String exec;

    @Option(
            names = {"-0", "--null"},
            description = "just the names, each ended by a NUL")
    private boolean bare;

    @Option(
            names = {"-f", "--follow"},
            description = "go on telling what changes")
    private boolean follow;

    @Option(names = "--show-cursor", description = "end with the cursor to give to --after-cursor")
    private boolean showCursor;

    @Override
    ExitCode run(Session session) throws Exception {
        refuseContradictions(session);
        CursorFile kept =
                cursorFile == null ? null : new CursorFile(session.directory().resolve(cursorFile));
        Cursor after = kept == null ? cursor(afterCursor) : cursor(kept);
        List<BytePath> asked = Places.roots(sources.sources, session.directory());
        JobSetup setup = setup(session, asked);
        ChangeFilter filter =
                new ChangeFilter(setup.job().roots().equals(asked) || asked.isEmpty() ? List.of() : asked);
        try (ChangeSource source = source(session, setup)) {
            tell(session, setup.job(), source, filter, after, kept);
        }
        return ExitCode.DONE;
    }

    private void refuseContradictions(Session session) throws CommandException {
        if (Stream.of(afterCursor, cursorName, cursorFile)
                        .filter(Objects::nonNull)
                        .count()
                > 1) {
            throw new CommandException(
                    ErrorMessage.usage("--after-cursor, --cursor and --cursor-file contradict each other")
                            .remedy(
                                    "--cursor NAME",
                                    "remembers where it was; so does --cursor-file F, in a file; or"
                                            + " --after-cursor C, which you keep yourself"));
        }
        if (exec != null && cursorName == null && cursorFile == null) {
            throw new CommandException(ErrorMessage.usage("--exec needs --cursor NAME or --cursor-file F")
                    .because("There it is kept what the command has been given already.")
                    .remedy("nightjar changes SRC --cursor NAME --exec CMD"));
        }
        if (bare && session.console().json()) {
            throw new CommandException(ErrorMessage.usage("--null and --json contradict each other")
                    .remedy("--json", "or --null, for names that programs split"));
        }
    }

    private static @Nullable Cursor cursor(CursorFile kept) throws IOException, CommandException {
        try {
            return kept.read();
        } catch (FeedException e) {
            String file = Quoting.quote(kept.file().toString());
            throw new CommandException(ErrorMessage.usage(file + " does not hold a cursor")
                    .because("It was not written by --cursor-file, or was changed since; it stays as it is.")
                    .remedy("rm " + file, "then everything there is will be told; or name another file"));
        }
    }

    private static @Nullable Cursor cursor(@Nullable String text) throws CommandException {
        try {
            return text == null ? null : Cursor.parse(text);
        } catch (IOException e) {
            throw new CommandException(ErrorMessage.usage(String.valueOf(e.getMessage()))
                    .because("A cursor looks like nj1:4f2a0c11:88123:9e107d9d; --show-cursor and --json give one.")
                    .remedy("nightjar changes SRC --show-cursor"));
        }
    }

    /** The job with exactly these sources, else one that covers them all, else a new one. */
    private JobSetup setup(Session session, List<BytePath> asked) throws IOException, CommandException {
        JobSetup own = JobSetup.of(session, sources);
        if (own.before().isPresent() || asked.isEmpty()) {
            return own;
        }
        Optional<Known> covering = JobFinder.containing(session.jobs().all(), asked.getFirst())
                .filter(known -> asked.stream().allMatch(known.job()::covers));
        if (covering.isEmpty()) {
            own.mustBeDirectories();
            return own;
        }
        Known known = covering.get();
        return new JobSetup(known.directory(), known.job(), Optional.of(known.job()));
    }

    private ChangeSource source(Session session, JobSetup setup)
            throws IOException, CommandException, InterruptedException {
        Optional<ControlClient> watcher =
                ControlClient.connect(setup.directory().socket());
        if (watcher.isPresent()) {
            RemoteChanges remote = new RemoteChanges(watcher.get());
            remote.refresh();
            return remote;
        }
        if (!Optional.of(setup.job()).equals(setup.before())) {
            setup.directory().save(setup.job());
        }
        Console console = session.console();
        ChangeFeed feed = ChangeFeed.open(setup.feedOptions(session, sources.watcherChoice()));
        LocalChanges local = new LocalChanges(feed);
        try {
            if (follow) {
                local.listen();
                feed.start();
                local.refresh();
            } else {
                feed.scan((_, _) -> {});
            }
            Notices.of(console, feed.status()).forEach(console::talk);
            return local;
        } catch (IOException | InterruptedException | RuntimeException e) {
            feed.close();
            throw e;
        }
    }

    private void tell(
            Session session,
            Job job,
            ChangeSource source,
            ChangeFilter filter,
            @Nullable Cursor after,
            @Nullable CursorFile kept)
            throws IOException, CommandException, InterruptedException {
        Cursor cursor = after;
        if (cursorName != null) {
            cursor = source.cursor(cursorName);
        } else if (cursor == null && kept == null && follow) {
            cursor = source.now();
        }
        while (true) {
            cursor = tellOnce(session, job, source, filter, cursor);
            boolean told = !session.console().isClosed() && session.console().failure() == null;
            if (told && cursorName != null) {
                source.acknowledge(cursorName, cursor);
            } else if (told && kept != null) {
                kept.write(cursor);
            }
            if (!follow || session.console().isClosed()) {
                return;
            }
            source.await(cursor);
        }
    }

    /** Everything after the cursor; returns the cursor after it. */
    private Cursor tellOnce(Session session, Job job, ChangeSource source, ChangeFilter filter, @Nullable Cursor after)
            throws IOException, CommandException, InterruptedException {
        Console console = session.console();
        boolean json = console.json();
        Cursor cursor;
        try (ChangeReceiver receiver = exec == null
                ? ChangeReceiver.stdout(console, bare, json)
                : ChangeReceiver.command(session, exec, bare, json)) {
            ChangeBatch batch = source.after(after, BATCH);
            while (true) {
                for (Change change : batch.changes()) {
                    Optional<Change> told = filter.filter(change);
                    if (told.isPresent()) {
                        receiver.receive(told.get(), filter.scopes().isEmpty() ? job.roots() : filter.scopes());
                    }
                }
                cursor = batch.cursor();
                if (!batch.more() || console.isClosed()) {
                    break;
                }
                batch = source.after(cursor, BATCH);
            }
            receiver.finish();
        }
        if (json && exec == null) {
            console.answer(JsonObject.message("cursor").put("cursor", cursor.text()));
        } else if (showCursor && !bare) {
            console.answer("-- cursor: " + cursor.text());
        }
        console.flush();
        return cursor;
    }
}

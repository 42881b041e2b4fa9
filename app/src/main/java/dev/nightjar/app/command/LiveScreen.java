package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Style;
import dev.nightjar.app.output.Tty;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.CommitReport;
import dev.nightjar.engine.JobEvent;
import dev.nightjar.engine.JobOptions;
import dev.nightjar.engine.JobStatus;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.Question;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A terminal: events scroll, the last line lives, and keys are heard. */
final class LiveScreen implements RunScreen {
    private static final String INDENT = "         ";
    private static final int LAST = 10;

    private final Session session;
    private final Console console;
    private final JobSetup setup;
    /** Given when the living line may differ. */
    private final Semaphore redraw = new Semaphore(0);

    private volatile boolean closed;
    private Tty.@Nullable Restore keys;
    private @Nullable ChangeFeed feed;
    private volatile @Nullable Cursor saved;
    /** Whether the last line is the job's state, not the progress of a first backup. */
    private volatile boolean lives;

    private boolean toldEnd;
    private volatile boolean stopping;
    /** Wishes to save at once: the one that is being granted, and one more that came meanwhile. */
    private final AtomicInteger wishes = new AtomicInteger();

    private boolean away;
    private boolean backAgain;

    LiveScreen(Session session, JobSetup setup) {
        this.session = session;
        this.console = session.console();
        this.setup = setup;
    }

    @Override
    public void begin(ChangeFeed opened, BackupJob started) {
        feed = opened;
        console.live("Looking at what is in " + JobFinder.sources(console, setup.job()) + " ...");
        if (console.tty().isTerminal(0)) {
            try {
                Tty.Restore restore = console.tty().quietKeys();
                keys = restore;
                session.interrupts().before(restore::close);
                Thread.ofPlatform().daemon().name("keys").start(() -> listen(started));
            } catch (IOException _) {
                // A terminal without modes: Ctrl-C is enough.
            }
        }
        session.invocation().signals().on("WINCH", console::resized);
        Thread.ofPlatform().daemon().name("live-line").start(() -> live(opened, started));
    }

    @Override
    public void notice(String line) {
        console.answer(INDENT + line);
    }

    @Override
    public void stopping(boolean byKey) {
        if (stopping) {
            return;
        }
        stopping = true;
        if (lives) {
            console.live("Stopping ...");
        } else {
            console.answer("Stopping when this is saved (Ctrl-C again: stop now, nothing already saved is lost).");
        }
    }

    @Override
    public void on(JobEvent event) {
        tell(event);
        if (event instanceof JobEvent.FirstBackupProgress) {
            lives = false;
        } else if (event instanceof JobEvent.Watching
                || event instanceof JobEvent.Waiting
                || event instanceof JobEvent.QuestionOpen) {
            lives = true;
            redraw.release();
        } else if (lives) {
            redraw.release();
        }
    }

    private void tell(JobEvent event) {
        switch (event) {
            case JobEvent.FirstBackupProgress progress -> {
                if (!stopping || !lives) {
                    console.live(ProgressText.of(console, progress));
                }
            }
            case JobEvent.Committed committed -> saved(committed.report());
            case JobEvent.Watching watched -> watching(watched);
            case JobEvent.Waiting waiting -> {
                away = true;
                say("waiting for " + console.path(String.valueOf(setup.job().repository())) + ": "
                        + WaitingText.words(
                                waiting.reason(), waiting.message(), setup.job().repository())
                        + ". Changes are kept.");
            }
            case JobEvent.Back _ -> {
                away = false;
                if (backAgain) {
                    backAgain = false;
                } else {
                    say(console.path(String.valueOf(setup.job().repository())) + " is back.");
                }
            }
            case JobEvent.ProblemFound found ->
                say("cannot read " + console.path(found.problem().path().toArgument()) + " ("
                        + found.problem().reason() + "). It is tried again.");
            case JobEvent.QuestionOpen question -> question(question);
            case JobEvent.QuestionClosed question ->
                say("going on with " + console.path(question.root().toArgument()) + ".");
            case JobEvent.Stopping drain -> {
                stopping = true;
                toldEnd = true;
                console.live("");
                console.answer(
                        drain.changes() == 0
                                ? "Stopping. Everything is saved."
                                : "Stopping: saving " + Figures.count(drain.changes(), "change")
                                        + " first (Ctrl-C again: stop now, nothing already saved is lost).");
            }
        }
    }

    private void question(JobEvent.QuestionOpen open) {
        say("waiting: " + open.message() + ". Nothing was deleted anywhere; put it back and it goes on.");
        Question question = open.question();
        if (question != null && question.canBeMeant()) {
            console.answer(INDENT + "If it is meant:  " + QuestionText.command(question));
        }
    }

    @Override
    public void ended(JobStatus status) {
        if (status.pendingChanges() > 0) {
            say("stopped. Not saved yet, and found by the next run: " + Figures.count(status.pendingChanges(), "change")
                    + ".");
        } else if (!toldEnd) {
            console.answer("Stopped.");
        }
    }

    private void saved(CommitReport.Committed report) {
        console.live(""); // it says what is no longer so
        String lead = "";
        if (away) {
            lead = console.path(String.valueOf(setup.job().repository())) + " is back. ";
            backAgain = true;
        }
        say(lead + "saved " + report.snapshot().shortHex() + "  " + CommitText.summary(CommitText.json(report)));
        if (report.problemCount() > 0) {
            console.answer(INDENT + "except " + Figures.count(report.problemCount(), "file")
                    + " that could not be read: nightjar status");
        }
        ChangeFeed opened = feed;
        try {
            saved = opened == null ? null : opened.cursorNow();
        } catch (IOException _) {
            saved = null;
        }
    }

    private void watching(JobEvent.Watching event) {
        Duration every = setup.job().every() == null
                ? JobOptions.DEFAULT_EVERY
                : setup.job().every();
        String within = every.isZero() ? "at once" : "within " + Figures.span(every);
        String roots = event.roots().stream()
                .map(root -> console.path(root.toArgument()))
                .collect(Collectors.joining(", "));
        say("watching " + roots + ". Change something; it is saved " + within + ".");
        console.answer(INDENT + "Get a file back: nightjar restore FILE      Stop: Ctrl-C");
    }

    private void say(String text) {
        console.answer(console.styled(
                        Style.DIM, Figures.clockSeconds(console.clock().instant(), console.zone())) + " " + text);
    }

    /** Redraws each second while there is something to count down, else as seldom as its words change. */
    private void live(ChangeFeed opened, BackupJob started) {
        try {
            Duration pause = Duration.ofSeconds(1);
            while (!closed) {
                redraw.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS);
                redraw.drainPermits();
                if (lives && !stopping) {
                    LiveLine line = LiveLine.of(console, opened, started);
                    console.live(line.text());
                    pause = line.next();
                }
            }
        } catch (IOException | InterruptedException _) {
            console.live("");
        }
    }

    private void listen(BackupJob started) {
        InputStream in = session.invocation().in();
        try {
            for (int key = in.read(); key >= 0 && !stopping; key = in.read()) {
                switch (key) {
                    case 's' -> saveNow(started);
                    case 'l' -> lastChanges();
                    case 'q' -> {
                        stopping(true);
                        started.stop(true);
                    }
                    case '?', 'h' -> console.answer(INDENT + "s save now   l last changes   q stop   ? these keys");
                    default -> {}
                }
            }
        } catch (IOException _) {
            // The terminal is gone; the job goes on.
        }
    }

    private void saveNow(BackupJob started) {
        if (wishes.getAndUpdate(count -> Math.min(count + 1, 2)) > 0) {
            return;
        }
        Thread.ofPlatform().daemon().name("save-now").start(() -> {
            do {
                saveOnce(started);
            } while (wishes.decrementAndGet() > 0);
        });
    }

    private void saveOnce(BackupJob started) {
        try {
            if (started.commitNow() instanceof CommitReport.NothingToDo) {
                console.answer(INDENT + "nothing to save: everything is");
            }
        } catch (IOException | InterruptedException e) {
            Errors.explain(e).lines().forEach(console::answer);
        }
    }

    private void lastChanges() throws IOException {
        ChangeFeed opened = feed;
        Cursor since = saved;
        if (opened == null) {
            return;
        }
        ChangeBatch batch = opened.changes(since == null ? opened.cursorNow() : since, LAST + 1);
        if (batch.changes().isEmpty()) {
            console.answer(INDENT + "nothing changed since it was last saved");
            return;
        }
        batch.changes().stream()
                .limit(LAST)
                .forEach(change -> console.answer(INDENT + ChangeText.line(console::path, change)));
        if (batch.changes().size() > LAST || batch.more()) {
            console.answer(INDENT + "and more: nightjar changes");
        }
    }

    @Override
    public void close() {
        closed = true;
        redraw.release();
        console.live("");
        if (keys != null) {
            keys.close();
        }
    }
}

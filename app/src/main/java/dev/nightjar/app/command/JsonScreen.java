package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.JobEvent;
import dev.nightjar.engine.JobStatus;
import dev.nightjar.feed.ChangeFeed;
import java.util.Locale;

/** One object per event. */
final class JsonScreen implements RunScreen {
    private final Console console;
    private final JobSetup setup;

    JsonScreen(Console console, JobSetup setup) {
        this.console = console;
        this.setup = setup;
    }

    @Override
    public void begin(ChangeFeed feed, BackupJob job) {}

    @Override
    public void notice(String line) {
        console.answer(JsonObject.message("notice").put("message", line));
    }

    @Override
    public void stopping(boolean byKey) {}

    @Override
    public void on(JobEvent event) {
        switch (event) {
            case JobEvent.FirstBackupProgress _ -> {}
            case JobEvent.Committed committed -> console.answer(CommitText.json(committed.report()));
            case JobEvent.Watching _ -> console.answer(JsonObject.message("watching"));
            case JobEvent.Waiting waiting ->
                console.answer(JsonObject.message("waiting")
                        .put("reason", WaitingText.word(waiting.reason()))
                        .put(
                                "message",
                                WaitingText.words(
                                        waiting.reason(),
                                        waiting.message(),
                                        setup.job().repository())));
            case JobEvent.Back back -> console.answer(JsonObject.message("back").putSeconds("seconds", back.away()));
            case JobEvent.ProblemFound found ->
                console.answer(JsonObject.message("problem")
                        .putPath("path", found.problem().path().toArgument())
                        .put("kind", found.problem().kind().name().toLowerCase(Locale.ROOT))
                        .put("message", found.problem().reason()));
            case JobEvent.QuestionOpen question ->
                console.answer(JsonObject.message("question")
                        .putPath("path", question.root().toArgument())
                        .put("message", question.message())
                        .putIfKnown(
                                "id",
                                question.question() == null
                                        ? null
                                        : question.question().id()));
            case JobEvent.QuestionClosed question ->
                console.answer(JsonObject.message("question_closed")
                        .putPath("path", question.root().toArgument()));
            case JobEvent.Stopping stopping ->
                console.answer(JsonObject.message("stopping").put("changes", stopping.changes()));
        }
    }

    @Override
    public void ended(JobStatus status) {
        console.answer(JsonObject.message("stopped").put("pending_changes", status.pendingChanges()));
    }

    @Override
    public void close() {}
}

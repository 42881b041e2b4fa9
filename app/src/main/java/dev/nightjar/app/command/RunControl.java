package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlHandler;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.CommitReport;
import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;

/** Answers those who ask a running job: its status, its changes, to save now, whether anything was missed, and answers. */
final class RunControl implements ControlHandler {
    private final Session session;
    private final JobSetup setup;
    private final ChangeFeed feed;
    private final BackupJob job;
    private final RunScreen screen;

    RunControl(Session session, JobSetup setup, ChangeFeed feed, BackupJob job, RunScreen screen) {
        this.session = session;
        this.setup = setup;
        this.feed = feed;
        this.job = job;
        this.screen = screen;
    }

    @Override
    public void answer(JsonObject request, Reply reply) throws IOException, InterruptedException {
        String wanted = request.string("request");
        JsonObject answer;
        try {
            answer = switch (wanted == null ? "" : wanted) {
                case "status" -> StatusReport.of(session.console(), setup.job(), setup.directory(), feed, job);
                case "backup" -> backup();
                case "answer" ->
                    JsonObject.message("answered").put("taken", feed.accept(String.valueOf(request.string("id"))));
                case "audit" -> audit(request, reply);
                case "changes" -> new FeedChanges(feed).answer(request, reply);
                case "acknowledge" -> new FeedChanges(feed).acknowledge(request);
                case "wait" -> new FeedChanges(feed).waitFor(request);
                default -> JsonObject.message("exit_error").put("message", "unknown request");
            };
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            answer = Errors.explain(e).json();
        }
        reply.send(answer);
    }

    private JsonObject audit(JsonObject request, Reply reply) throws IOException, InterruptedException {
        JsonObject audit = new FeedAudit(feed).answer(request, reply);
        long found = audit.number("found", 0);
        if (found > 0) {
            screen.notice(
                    "an audit found " + Figures.count(found, "name") + " that no event told of, and queued them again");
        }
        return audit;
    }

    private JsonObject backup() throws IOException, InterruptedException {
        CommitReport report = job.commitNow();
        if (report instanceof CommitReport.NothingToDo) {
            screen.notice("asked to save now: nothing has changed");
        }
        return CommitText.json(report);
    }
}

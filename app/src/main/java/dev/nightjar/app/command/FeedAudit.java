package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlHandler;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.feed.AuditFinding;
import dev.nightjar.feed.AuditListener;
import dev.nightjar.feed.AuditResult;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/** A running job's answer to {@code {"request":"audit","sources":[{"path":P}]}}: progress and findings, then the result. */
final class FeedAudit {
    private static final Duration OFTEN = Duration.ofMillis(500);

    private final ChangeFeed feed;

    FeedAudit(ChangeFeed feed) {
        this.feed = feed;
    }

    JsonObject answer(JsonObject request, ControlHandler.Reply reply) throws IOException, InterruptedException {
        List<BytePath> below = request.objects("sources").stream()
                .map(source -> source.path("path"))
                .filter(Objects::nonNull)
                .map(BytePath::of)
                .toList();
        AuditResult result = feed.audit(below, new Told(reply, feed.status().entries()));
        return JsonObject.message("audit")
                .put("watched", true)
                .put("directories", result.directories())
                .put("entries", result.entries())
                .put("found", result.found())
                .put("queued", result.found())
                .put("not_compared", result.notCompared())
                .putSeconds("seconds", result.took());
    }

    /** Whoever asked and has gone ends the audit: nobody can be told. */
    private static final class Told implements AuditListener {
        private final ControlHandler.Reply reply;
        private final long total;
        private long told = System.nanoTime() - OFTEN.toNanos();

        Told(ControlHandler.Reply reply, long total) {
            this.reply = reply;
            this.total = total;
        }

        @Override
        public void compared(long directories, long entries) throws IOException {
            long now = System.nanoTime();
            if (now - told >= OFTEN.toNanos()) {
                told = now;
                part("progress", new JsonObject().put("entries", entries).put("total", Math.max(total, entries)));
            }
        }

        @Override
        public void found(AuditFinding finding) throws IOException {
            part("finding", AuditText.json(finding));
        }

        @Override
        public void notCompared(BytePath directory, String why) throws IOException {
            part(
                    "not_compared",
                    JsonObject.message("not_compared")
                            .putPath("path", directory.toArgument())
                            .put("message", why));
        }

        private void part(String what, JsonObject object) throws IOException {
            reply.send(JsonObject.message("part").put("more", true).put(what, object));
        }
    }
}

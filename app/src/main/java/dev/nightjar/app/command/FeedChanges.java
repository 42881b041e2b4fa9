package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlHandler;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Cursor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A running job's answers about changes, for {@link RemoteChanges} in another process. */
final class FeedChanges {
    private final LocalChanges local;

    FeedChanges(ChangeFeed feed) {
        this.local = new LocalChanges(feed);
    }

    /** {@code {"request":"changes","after":C,"limit":N}}: the changes, then where they end. */
    JsonObject answer(JsonObject request, ControlHandler.Reply reply) throws IOException, InterruptedException {
        if (request.flag("fresh")) {
            local.refresh();
        }
        String name = request.string("name");
        if (name != null) {
            Cursor cursor = local.cursor(name);
            return JsonObject.message("cursor").putIfKnown("cursor", cursor == null ? null : cursor.text());
        }
        if (request.flag("now")) {
            return JsonObject.message("cursor").put("cursor", local.now().text());
        }
        ChangeBatch batch = local.after(cursor(request), (int) request.number("limit", 1000));
        for (Change change : batch.changes()) {
            reply.send(ChangeText.json(change).put("more", true));
        }
        return JsonObject.message("cursor").put("cursor", batch.cursor().text()).put("incomplete", batch.more());
    }

    /** {@code {"request":"acknowledge","name":N,"after":C}}. */
    JsonObject acknowledge(JsonObject request) throws IOException, InterruptedException {
        String name = request.string("name");
        Cursor cursor = cursor(request);
        if (name != null && cursor != null) {
            local.acknowledge(name, cursor);
        }
        return JsonObject.message("acknowledged");
    }

    /** {@code {"request":"wait","after":C}}: answered when there is something after it. */
    JsonObject waitFor(JsonObject request) throws IOException, InterruptedException {
        Cursor cursor = cursor(request);
        if (cursor != null) {
            local.await(cursor);
        }
        return JsonObject.message("changed");
    }

    private static @Nullable Cursor cursor(JsonObject request) throws IOException {
        String text = request.string("after");
        return text == null ? null : Cursor.parse(text);
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlClient;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.GapReason;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Changes from the run that watches the job. */
final class RemoteChanges implements ChangeSource {
    private final ControlClient client;
    private boolean fresh;

    RemoteChanges(ControlClient client) {
        this.client = client;
    }

    @Override
    public void refresh() {
        fresh = true; // asked for together with the next question
    }

    @Override
    public @Nullable Cursor cursor(String name) throws IOException {
        String text = ask(changes().put("name", name)).string("cursor");
        return text == null ? null : Cursor.parse(text);
    }

    @Override
    public Cursor now() throws IOException {
        return Cursor.parse(String.valueOf(ask(changes().put("now", true)).string("cursor")));
    }

    @Override
    public ChangeBatch after(@Nullable Cursor cursor, int limit) throws IOException {
        JsonObject request = changes().put("limit", limit);
        if (cursor != null) {
            request.put("after", cursor.text());
        }
        List<Change> changes = new ArrayList<>();
        JsonObject end = answered(client.ask(request, part -> changes.add(change(part))));
        return new ChangeBatch(changes, Cursor.parse(String.valueOf(end.string("cursor"))), end.flag("incomplete"));
    }

    @Override
    public void acknowledge(String name, Cursor cursor) throws IOException {
        ask(request("acknowledge").put("name", name).put("after", cursor.text()));
    }

    @Override
    public void await(Cursor cursor) throws IOException {
        ask(request("wait").put("after", cursor.text()));
    }

    private JsonObject changes() {
        JsonObject request = request("changes").put("fresh", fresh);
        fresh = false;
        return request;
    }

    private static JsonObject request(String what) {
        return new JsonObject().put("request", what);
    }

    private JsonObject ask(JsonObject request) throws IOException {
        return answered(client.ask(request));
    }

    private static JsonObject answered(JsonObject answer) throws IOException {
        if (answer.type().equals("exit_error")) {
            throw new IOException(answer.string("message"));
        }
        return answer;
    }

    /** Reads back what {@link ChangeText#json} wrote. */
    static Change change(JsonObject json) {
        String kind = String.valueOf(json.string("kind"));
        boolean directory = "dir".equals(json.string("type"));
        String path = json.path("path");
        if (path == null) {
            return new Change.Unknown(0, null, reason(json));
        }
        BytePath file = BytePath.of(path);
        return switch (kind) {
            case "created" -> new Change.Created(0, file, directory);
            case "modified" -> new Change.Modified(0, file, directory, true);
            case "metadata" -> new Change.Modified(0, file, directory, false);
            case "moved" ->
                new Change.Moved(
                        0, BytePath.of(String.valueOf(json.path("from"))), file, directory, json.flag("content"));
            case "deleted" -> new Change.Deleted(0, file, directory);
            case "left_out" -> new Change.LeftOut(0, file, directory);
            default -> new Change.Unknown(0, file, reason(json));
        };
    }

    private static GapReason reason(JsonObject json) {
        String reason = json.string("reason");
        return reason == null ? GapReason.START : GapReason.valueOf(reason.toUpperCase(Locale.ROOT));
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.feed.Question;
import java.util.Locale;

/** A question about a source, as JSON and for people. */
final class QuestionText {
    private QuestionText() {}

    /** The command that says yes. */
    static String command(Question question) {
        return "nightjar answer " + question.id() + " yes";
    }

    /** What is asked, and where a yes is an answer, the command that says so. */
    static JsonObject json(Console console, Question question) {
        JsonObject json = new JsonObject()
                .put("id", question.id())
                .putPath("path", question.root().toArgument())
                .put("state", question.state().name().toLowerCase(Locale.ROOT))
                .put("files", question.files())
                .put("since", Figures.rfc3339(question.since(), console.zone()))
                .put("message", Quoting.oneLine(question.words()))
                .put("answered", question.answered());
        return question.canBeMeant() ? json.put("answer", command(question)) : json;
    }

    /** What to do about a question in a report. */
    static String remedy(JsonObject question) {
        if (question.flag("answered")) {
            return "You said yes: the next run or backup saves it so.";
        }
        String answer = question.string("answer");
        return answer == null ? "Put it back or mount it." : "Put it back or mount it. If it is meant:  " + answer;
    }
}

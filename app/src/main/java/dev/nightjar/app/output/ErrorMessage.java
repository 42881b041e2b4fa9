package dev.nightjar.app.output;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An error as the user reads it: what happened to which file or target, why as far as known, and what to do.
 *
 * @param word stable name of the error, its anchor in the manual: {@code target-full}
 * @param what one line; names the file or the target
 * @param why further lines, may be empty; the system's own words in brackets
 * @param remedies commands that go on from here, the best first; may be empty
 * @param path the file in question, if there is one
 */
public record ErrorMessage(
        ExitCode exitCode,
        ErrorClass errorClass,
        String word,
        String what,
        List<String> why,
        List<Remedy> remedies,
        @Nullable String path) {

    /**
     * A command, or "nothing", and what it is for.
     *
     * @param note explains the command; empty if it explains itself
     */
    public record Remedy(String command, String note) {}

    public ErrorMessage {
        why = List.copyOf(why);
        remedies = List.copyOf(remedies);
    }

    public static ErrorMessage of(ExitCode exitCode, ErrorClass errorClass, String word, String what) {
        return new ErrorMessage(exitCode, errorClass, word, what, List.of(), List.of(), null);
    }

    /** A mistake on the command line; nothing was touched. */
    public static ErrorMessage usage(String what) {
        return of(ExitCode.USAGE, ErrorClass.USAGE, "usage", what);
    }

    /** This message with one more line of why. */
    public ErrorMessage because(String line) {
        return new ErrorMessage(exitCode, errorClass, word, what, added(why, line), remedies, path);
    }

    /** This message with one more remedy. */
    public ErrorMessage remedy(String command, String note) {
        return new ErrorMessage(
                exitCode, errorClass, word, what, why, added(remedies, new Remedy(command, note)), path);
    }

    /** This message with one more remedy that explains itself. */
    public ErrorMessage remedy(String command) {
        return remedy(command, "");
    }

    public ErrorMessage about(String file) {
        return new ErrorMessage(exitCode, errorClass, word, what, why, remedies, file);
    }

    /** The message as lines of text. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("nightjar: " + what);
        why.forEach(line -> lines.add("  " + line));
        String lead = "  Do:  ";
        for (Remedy remedy : remedies) {
            lines.add(lead + remedy.command() + (remedy.note().isEmpty() ? "" : "     " + remedy.note()));
            lead = "       ";
        }
        return lines;
    }

    /** The message as the JSON object that ends stderr. */
    public JsonObject json() {
        JsonObject json = JsonObject.message("exit_error")
                .put("code", exitCode.code())
                .put("class", errorClass.word())
                .put("error", word)
                .put("message", String.join("\n", whole()));
        if (path != null) {
            json.putPath("path", path);
        }
        return json.put("hint", remedies.stream().map(Remedy::command).toList());
    }

    private List<String> whole() {
        List<String> lines = new ArrayList<>();
        lines.add(what);
        lines.addAll(why);
        return lines;
    }

    private static <T> List<T> added(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }
}

package dev.nightjar.app.output;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command speaks. {@link #answer} goes to stdout, {@link #talk} to stderr and only if somebody is there to read
 * it, {@link #live} to the last line of a terminal. Safe for use by several threads.
 */
public final class Console {
    /** What the user asked for, from flags and environment. */
    public record Taste(boolean json, boolean quiet, int verbosity, When colour, boolean noInput, boolean yes) {}

    /** When something is to be used. */
    public enum When {
        auto,
        always,
        never
    }

    private static final int WIDTH = 80;

    private final Sink out;
    private final Sink err;
    private final Tty tty;
    private final Taste taste;
    private final Map<String, String> environment;
    private final InstantSource clock;
    private final ZoneId zone;
    private final boolean utf8;
    private final boolean colour;
    private String liveLine = "";
    private volatile int columns;

    public Console(
            OutputStream out,
            OutputStream err,
            Tty tty,
            Taste taste,
            Map<String, String> environment,
            InstantSource clock,
            ZoneId zone) {
        this.out = new Sink(out);
        this.err = new Sink(err);
        this.tty = tty;
        this.taste = taste;
        this.environment = environment;
        this.clock = clock;
        this.zone = zone;
        this.utf8 = isUtf8(environment);
        this.colour = switch (taste.colour()) {
            case always -> true;
            case never -> false;
            case auto ->
                tty.isTerminal(1)
                        && environment.getOrDefault("NO_COLOR", "").isEmpty()
                        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        };
    }

    public Taste taste() {
        return taste;
    }

    public boolean json() {
        return taste.json();
    }

    public boolean verbose() {
        return taste.verbosity() > 0;
    }

    public Tty tty() {
        return tty;
    }

    public InstantSource clock() {
        return clock;
    }

    public ZoneId zone() {
        return zone;
    }

    /** Whether stdout is a terminal that somebody looks at. */
    public boolean isInteractive() {
        return tty.isTerminal(1) && !taste.json();
    }

    /** Whether a question may be asked: somebody reads it and can answer. */
    public boolean mayAsk() {
        return tty.isTerminal(0) && tty.isTerminal(2) && !taste.noInput() && !taste.json();
    }

    /** Columns to fit into; no limit on a pipe. */
    public int width() {
        if (!tty.isTerminal(1)) {
            return Integer.MAX_VALUE;
        }
        int known = columns;
        if (known == 0) {
            known = tty.columns().orElse(WIDTH);
            columns = known;
        }
        return known;
    }

    /** The terminal may have another width from now on. */
    public void resized() {
        columns = 0;
    }

    /** A line of the answer. */
    public synchronized void answer(String line) {
        clearLive();
        out.write(RawText.encode(line + "\n"));
        if (tty.isTerminal(1)) {
            out.flush();
        }
        drawLive();
    }

    /** A line of the answer that the answer can do without: left out by {@code --quiet} and on a pipe. */
    public void hint(String line) {
        if (isInteractive() && !taste.quiet()) {
            answer(line);
        }
    }

    /** An object of the answer; flushed, because a program waits for it. */
    public synchronized void answer(JsonObject object) {
        out.write(RawText.encode(object + "\n"));
        out.flush();
    }

    /** Bytes of the answer. */
    public void answer(byte[] bytes) {
        out.write(bytes);
    }

    /** Talk that accompanies the answer: on a terminal only, and not with {@code --quiet}. */
    public void talk(String line) {
        if (tty.isTerminal(2) && !taste.quiet() && !taste.json()) {
            error(line);
        }
    }

    /** Something the user must know, wherever stderr goes. */
    public synchronized void error(String line) {
        clearLive();
        out.flush();
        err.write(RawText.encode(line + "\n"));
        err.flush();
        drawLive();
    }

    /** Something that went wrong without ending the command. */
    public void warning(String line) {
        error(
                taste.json()
                        ? JsonObject.message("warning").put("message", line).toString()
                        : "nightjar: " + Quoting.oneLine(line));
    }

    /** A question's text, without an end of line. */
    public synchronized void prompt(String text) {
        clearLive();
        out.flush();
        err.write(RawText.encode(text));
        err.flush();
    }

    /** Shows an error: three parts, or an object if JSON was asked for. */
    public void error(ErrorMessage message) {
        if (taste.json()) {
            error(message.json().toString());
        } else {
            message.lines().forEach(this::error);
        }
    }

    /** Replaces the lines that live at the bottom of the terminal; an empty text removes them. Elsewhere nothing. */
    public synchronized void live(String line) {
        if (!isInteractive() || taste.quiet() || line.equals(liveLine)) {
            return;
        }
        clearLive();
        liveLine = line;
        drawLive();
    }

    private void clearLive() {
        if (!liveLine.isEmpty()) {
            String up = "\r\033[K\033[A".repeat((int) liveLine.lines().count() - 1);
            out.write(RawText.encode(up + "\r\033[K"));
        }
    }

    private void drawLive() {
        if (!liveLine.isEmpty()) {
            out.write(RawText.encode(liveLine));
            out.flush();
        }
    }

    public void flush() {
        out.flush();
        err.flush();
    }

    /** Whether nobody can read stdout any more. */
    public boolean isClosed() {
        return out.isClosed();
    }

    /** Why the answer could not be written whole; null if it could, or if its reader has simply gone. */
    public @Nullable IOException failure() {
        out.flush();
        return out.failure();
    }

    /** A verdict's sign. */
    public String sign(Symbol symbol) {
        String sign = symbol.sign(utf8);
        return colour ? symbol.style().apply(sign) : sign;
    }

    public String styled(Style style, String text) {
        return colour ? style.apply(text) : text;
    }

    /** A path for people: quoted, and the home directory as {@code ~} on a terminal. */
    public String path(String path) {
        String home = environment.getOrDefault("HOME", "");
        if (tty.isTerminal(1) && home.length() > 1) {
            if (path.equals(home)) {
                return "~";
            }
            if (path.startsWith(home + "/")) {
                String rest = Quoting.quote(path.substring(home.length() + 1));
                return "~/" + rest;
            }
        }
        return Quoting.quote(path);
    }

    public String path(Path path) {
        return path(path.toString());
    }

    private static boolean isUtf8(Map<String, String> environment) {
        for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
            String locale = environment.getOrDefault(name, "");
            if (!locale.isEmpty()) {
                String lower = locale.toLowerCase(Locale.ROOT);
                return lower.contains("utf-8") || lower.contains("utf8");
            }
        }
        return false;
    }
}

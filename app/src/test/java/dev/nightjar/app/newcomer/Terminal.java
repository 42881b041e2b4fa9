package dev.nightjar.app.newcomer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A shell command on a pseudo-terminal of its own, made by script(1). What is expected is looked for after what was. */
final class Terminal implements AutoCloseable {
    private final Process process;
    private final Thread reader;
    private final StringBuilder screen = new StringBuilder();
    private int seen;
    private boolean ended;

    Terminal(String command, Map<String, String> environment) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                List.of("script", "--quiet", "--flush", "--return", "--command", command, "/dev/null"));
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        process = builder.start();
        reader = Thread.ofPlatform().daemon().start(this::read);
    }

    /** Waits until the screen shows it, and returns what matched. */
    synchronized String expect(String pattern, Duration limit) throws InterruptedException {
        Pattern wanted = Pattern.compile(pattern);
        long end = System.nanoTime() + limit.toNanos();
        while (true) {
            @Nullable String found = find(wanted);
            if (found != null) {
                return found;
            }
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError(
                        "/" + pattern + "/ did not appear" + (ended ? ", it ended" : "") + ":\n" + screen);
            }
            wait(left);
        }
    }

    /** Presses these keys. */
    void type(String keys) throws IOException {
        process.getOutputStream().write(keys.getBytes(UTF_8));
        process.getOutputStream().flush();
    }

    /** Waits for its end, and returns the exit status. */
    int end(Duration limit) throws InterruptedException {
        if (!process.waitFor(limit)) {
            throw new AssertionError("still running:\n" + text());
        }
        reader.join();
        return process.exitValue();
    }

    synchronized String text() {
        return screen.toString();
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
    }

    private @Nullable String find(Pattern wanted) {
        Matcher matcher = wanted.matcher(screen).region(seen, screen.length());
        if (!matcher.find()) {
            return null;
        }
        seen = matcher.end();
        return matcher.group();
    }

    private void read() {
        byte[] buffer = new byte[8192];
        try (InputStream in = process.getInputStream()) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                add(new String(buffer, 0, n, UTF_8));
            }
        } catch (IOException gone) {
            add("\n" + gone);
        }
        synchronized (this) {
            ended = true;
            notifyAll();
        }
    }

    private synchronized void add(String text) {
        screen.append(text);
        notifyAll();
    }
}

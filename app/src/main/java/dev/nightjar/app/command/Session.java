package dev.nightjar.app.command;

import dev.nightjar.app.invocation.Interrupts;
import dev.nightjar.app.invocation.Invocation;
import dev.nightjar.app.job.Passwords;
import dev.nightjar.app.job.StateDirectory;
import dev.nightjar.app.output.Console;
import dev.nightjar.repository.RepositoryContext;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/** What a verb works with: the flags of all verbs, where state is kept, who asks for passwords. */
final class Session {
    private final Nightjar flags;

    Session(Nightjar flags) {
        this.flags = flags;
    }

    Nightjar flags() {
        return flags;
    }

    Console console() {
        return flags.console();
    }

    Interrupts interrupts() {
        return flags.interrupts();
    }

    Invocation invocation() {
        return flags.invocation();
    }

    Map<String, String> environment() {
        return invocation().environment();
    }

    Path directory() {
        return invocation().directory();
    }

    InstantSource clock() {
        return invocation().clock();
    }

    StateDirectory state() {
        return StateDirectory.locate(
                flags.state, environment(), directory(), invocation().isRoot());
    }

    Passwords passwords() {
        return new Passwords(console(), invocation().in(), environment(), directory());
    }

    JobFinder jobs() {
        return new JobFinder(this);
    }

    /** What a repository needs; its caches are in the state directory. */
    RepositoryContext repositoryContext() {
        return new RepositoryContext(
                state().repositories(), clock(), invocation().random(), hostname(), username());
    }

    String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname"), StandardCharsets.UTF_8)
                    .strip();
        } catch (IOException _) {
            return environment().getOrDefault("HOSTNAME", "localhost");
        }
    }

    String username() {
        return System.getProperty("user.name", "");
    }
}

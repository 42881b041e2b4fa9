package dev.nightjar.app.command;

import dev.nightjar.feed.WatcherChoice;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What run, backup and changes take: sources, what is left out of them, and how they are watched. */
final class SourceFlags {
    @Parameters(arity = "0..*", paramLabel = "SRC")
    List<String> sources = new ArrayList<>();

    @Mixin
    SelectionFlags selection = new SelectionFlags();

    @Option(
            names = "--watcher",
            paramLabel = "W",
            description = "fanotify or inotify; without it the better one that can be had")
    @Nullable
    Watcher watcher;

    /** The watchers that can be forced. */
    enum Watcher {
        fanotify,
        inotify
    }

    WatcherChoice watcherChoice() {
        return switch (watcher) {
            case null -> WatcherChoice.AUTO;
            case fanotify -> WatcherChoice.FANOTIFY;
            case inotify -> WatcherChoice.INOTIFY;
        };
    }
}

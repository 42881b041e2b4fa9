package dev.nightjar.app.command;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What run and backup take about where data flows, and how snapshots are labelled. */
final class TargetFlags {
    @Option(names = "--to", paramLabel = "REPO", description = "the repository to save to; the same as -r")
    @Nullable
    String to;

    @Option(names = "--tag", paramLabel = "T", description = "a tag for the snapshots; may be repeated")
    List<String> tags = new ArrayList<>();

    @Option(names = "--host", paramLabel = "H", description = "the host name in the snapshots")
    @Nullable
    String host;
}

package dev.nightjar.app.command;

import dev.nightjar.app.job.Places;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.repository.SnapshotFilter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine.Option;

/** Which snapshots a verb is about, in restic's flags. */
final class FilterFlags {
    @Option(names = "--host", paramLabel = "H", description = "only snapshots of this host; may be repeated")
    private List<String> hosts = new ArrayList<>();

    @Option(
            names = "--tag",
            paramLabel = "T[,T]",
            description = "only snapshots with all these tags; repeated: with those of any; '' without tags")
    private List<String> tags = new ArrayList<>();

    @Option(names = "--path", paramLabel = "P", description = "only snapshots of this path; repeated: of all of them")
    private List<String> paths = new ArrayList<>();

    /** The filter; relative paths begin in the working directory. */
    SnapshotFilter filter(Session session) {
        return new SnapshotFilter(
                hosts,
                tags.stream().map(FilterFlags::split).toList(),
                paths.stream()
                        .map(path -> Places.absolute(path, session.directory()).toArgument())
                        .toList());
    }

    private static List<String> split(String list) {
        return Arrays.stream(list.split(",", -1)).map(String::strip).toList();
    }

    /** The same flags, to be pasted behind another verb; empty, or with a space in front. */
    String toArguments() {
        StringBuilder text = new StringBuilder();
        hosts.forEach(host -> append(text, "--host", host));
        tags.forEach(tag -> append(text, "--tag", tag));
        paths.forEach(path -> append(text, "--path", path));
        return text.toString();
    }

    private static void append(StringBuilder text, String flag, String value) {
        text.append(' ').append(flag).append(' ').append(Quoting.quote(value));
    }
}

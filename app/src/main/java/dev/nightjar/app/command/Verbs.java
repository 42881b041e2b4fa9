package dev.nightjar.app.command;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/**
 * The verbs, in the order in which lists show them. A line gets only those that are named in it: to describe one to picocli
 * takes longer than most of them take to answer.
 */
final class Verbs {
    /** @param name what people type, as in the verb's own annotation */
    private record Entry(String name, Supplier<Object> maker) {}

    private static final List<Entry> ALL = List.of(
            new Entry("run", RunVerb::new),
            new Entry("backup", BackupVerb::new),
            new Entry("init", InitVerb::new),
            new Entry("status", StatusVerb::new),
            new Entry("snapshots", SnapshotsVerb::new),
            new Entry("ls", LsVerb::new),
            new Entry("find", FindVerb::new),
            new Entry("diff", DiffVerb::new),
            new Entry("changes", ChangesVerb::new),
            new Entry("explain", ExplainVerb::new),
            new Entry("restore", RestoreVerb::new),
            new Entry("dump", DumpVerb::new),
            new Entry("audit", AuditVerb::new),
            new Entry("check", CheckVerb::new),
            new Entry("repair", RepairVerb::new),
            new Entry("answer", AnswerVerb::new),
            new Entry("unlock", UnlockVerb::new),
            new Entry("key", KeyVerb::new),
            new Entry("password", PasswordVerb::new),
            new Entry("version", VersionVerb::new),
            new Entry("help", HelpVerb::new));

    private Verbs() {}

    /** Every verb's name. */
    static List<String> names() {
        return ALL.stream().map(Entry::name).toList();
    }

    /** Those among these words that are verbs; all, if help is asked for or none is named. */
    static List<String> namedIn(List<String> words) {
        List<String> named = names().stream().filter(words::contains).toList();
        return named.isEmpty() || named.contains("help") ? names() : named;
    }

    /** Adds verbs to a command line. */
    static void add(CommandLine line, List<String> names) {
        for (Entry entry : ALL) {
            if (names.contains(entry.name())) {
                line.addSubcommand(entry.maker().get());
            }
        }
    }
}

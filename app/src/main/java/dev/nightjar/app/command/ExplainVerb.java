package dev.nightjar.app.command;

import dev.nightjar.app.job.Job;
import dev.nightjar.app.job.JobSelection;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.Verdict;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar explain}: why a path is in a backup, or is not. */
@Command(
        name = "explain",
        customSynopsis = {"nightjar explain PATH...", "nightjar explain --list"},
        description = {
            "Says whether a path is part of its job, and which rule of which file and",
            "line decided. --list shows the rules of the job, the defaults included."
        },
        footer = {"nightjar explain node_modules", "nightjar explain --list"})
final class ExplainVerb extends Verb {
    private static final int RULES_LIMIT = 1024 * 1024;

    @Parameters(arity = "0..*", paramLabel = "PATH")
    private List<String> paths = new ArrayList<>();

    @Option(names = "--list", description = "the rules")
    private boolean list;

    @Override
    ExitCode run(Session session) throws Exception {
        if (list) {
            list(session);
            return ExitCode.DONE;
        }
        if (paths.isEmpty()) {
            throw new CommandException(
                    ErrorMessage.usage("explain needs a PATH").remedy("nightjar explain --list", "shows the rules"));
        }
        for (String path : paths) {
            explain(session, path);
        }
        return ExitCode.DONE;
    }

    private static void explain(Session session, String argument) throws IOException, CommandException {
        Console console = session.console();
        BytePath path = session.jobs().entry(argument);
        List<Known> all = session.jobs().all();
        Optional<Known> known = JobFinder.containing(all, path);
        Verdict verdict;
        String job = null;
        if (known.isPresent()) {
            job = known.get().job().name();
            verdict = judge(session, known.get().job(), path);
        } else if (all.isEmpty()) {
            throw new CommandException(ErrorMessage.usage("there is no job yet that could have rules")
                    .remedy("nightjar explain --list", "shows the defaults"));
        } else {
            verdict = new Verdict(false, null);
        }
        String sentence = known.isPresent() ? sentence(verdict) : "not below the sources of any job";
        if (console.json()) {
            JsonObject json = JsonObject.message("explain")
                    .putPath("path", path.toArgument())
                    .put("included", verdict.included())
                    .putIfKnown("reason", verdict.reason())
                    .putIfKnown("job", job);
            console.answer(json);
        } else {
            console.answer(console.path(path.toArgument()) + "  " + Quoting.oneLine(sentence));
        }
    }

    private static String sentence(Verdict verdict) {
        return verdict.reason() == null && verdict.included() ? "in: no rule leaves it out" : verdict.sentence();
    }

    private static Verdict judge(Session session, Job job, BytePath path) throws IOException, CommandException {
        BytePath root =
                job.roots().stream().filter(path::startsWith).findFirst().orElseThrow();
        if (path.startsWith(BytePath.of(session.state().path().toString()))) {
            return new Verdict(false, "Nightjar's own state");
        }
        if (job.repository() != null && path.startsWith(BytePath.of(job.repository()))) {
            return new Verdict(false, "the repository of the job");
        }
        Selection selection = SelectionFlags.selection(job.selection());
        List<Name> names = root.relativize(path).names();
        BytePath here = root;
        Verdict verdict = new Verdict(true, null);
        try {
            Directory directory = Directory.open(here);
            try {
                long mount = directory.stat().mountId();
                DirectoryRules rules =
                        selection.judgeRoot(root, content(directory, Selection.IGNORE_FILE), cacheTag(directory));
                for (int i = 0; i < names.size(); i++) {
                    Name name = names.get(i);
                    Stat stat = directory.statOrNull(name);
                    boolean isDirectory = stat == null ? i < names.size() - 1 : stat.type() == FileType.DIRECTORY;
                    verdict = rules.judge(name, isDirectory);
                    if (verdict.included()
                            && stat != null
                            && stat.mountId() != mount
                            && job.selection().oneFileSystem()) {
                        return new Verdict(false, "--one-file-system: another filesystem is mounted there");
                    }
                    if (!verdict.included() || stat == null || !isDirectory || i == names.size() - 1) {
                        return verdict;
                    }
                    Directory next = directory.openDirectory(name);
                    directory.close();
                    directory = next;
                    rules = rules.enter(name, content(directory, Selection.IGNORE_FILE), cacheTag(directory));
                }
            } finally {
                directory.close();
            }
        } catch (LinuxException _) {
            return verdict; // what cannot be looked at cannot have rules of its own
        }
        return verdict;
    }

    private static byte @Nullable [] content(Directory directory, Name name) throws LinuxException {
        Stat stat = directory.statOrNull(name);
        if (stat == null || stat.type() != FileType.FILE) {
            return null;
        }
        try (OpenFile file = directory.openFile(name)) {
            byte[] bytes = new byte[(int) Math.min(stat.size(), RULES_LIMIT)];
            int length = 0;
            while (length < bytes.length) {
                int count = file.read(bytes, length, bytes.length - length);
                if (count <= 0) {
                    break;
                }
                length += count;
            }
            return java.util.Arrays.copyOf(bytes, length);
        }
    }

    private static boolean cacheTag(Directory directory) throws LinuxException {
        byte[] tag = content(directory, Selection.CACHE_TAG);
        return tag != null && Selection.isCacheTag(tag);
    }

    private static void list(Session session) throws IOException, CommandException {
        Console console = session.console();
        List<Known> all = session.jobs().all();
        JobSelection selection = all.isEmpty()
                ? JobSelection.DEFAULT
                : session.jobs().find(null).job().selection();
        List<String[]> rules = new ArrayList<>();
        selection.excludes().forEach(pattern -> rules.add(new String[] {pattern, "--exclude"}));
        selection.excludeFiles().forEach(file -> rules.add(new String[] {file, "--exclude-file"}));
        Selection.defaultPatterns().forEach(pattern -> rules.add(new String[] {pattern, "default"}));
        for (String[] rule : rules) {
            if (console.json()) {
                console.answer(
                        JsonObject.message("rule").putPath("pattern", rule[0]).put("source", rule[1]));
            } else {
                console.answer(rule[0] + " ".repeat(Math.max(2, 44 - rule[0].length())) + rule[1]);
            }
        }
        if (!console.json()) {
            console.answer("");
            console.answer("Also .nightjarignore files where they are"
                    + (selection.excludeCaches() ? ", directories with a CACHEDIR.TAG" : "")
                    + (selection.oneFileSystem() ? ", and what is mounted below a source" : "") + ".");
            console.hint("Take one back in:  --exclude '!PATTERN'    How patterns work:  nightjar help excludes");
        }
    }
}

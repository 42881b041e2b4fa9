package dev.nightjar.app.command;

import dev.nightjar.app.job.JobSelection;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.SelectionRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that say what is left out of the sources. */
final class SelectionFlags {
    @Option(
            names = {"-e", "--exclude"},
            paramLabel = "P",
            description = "leave out what matches, as in .gitignore; may be repeated (nightjar help excludes)")
    private List<String> excludes = new ArrayList<>();

    @Option(
            names = "--exclude-file",
            paramLabel = "F",
            description = "leave out what a line of this file matches; read at each start")
    private List<String> excludeFiles = new ArrayList<>();

    @Option(
            names = "--exclude-caches",
            negatable = true,
            description = "leave out the content of directories with a CACHEDIR.TAG")
    private @Nullable Boolean excludeCaches;

    @Option(
            names = {"-x", "--one-file-system"},
            negatable = true,
            defaultValue = Option.NULL_VALUE,
            fallbackValue = "true",
            description = "leave out what is mounted below a source (on by default)")
    private @Nullable Boolean oneFileSystem;

    /** What the flags say; empty if none was given, so that what is remembered holds. */
    Optional<JobSelection> given(Path workingDirectory) {
        if (excludes.isEmpty() && excludeFiles.isEmpty() && excludeCaches == null && oneFileSystem == null) {
            return Optional.empty();
        }
        List<String> files = excludeFiles.stream()
                .map(file -> workingDirectory.resolve(file).normalize().toString())
                .toList();
        return Optional.of(new JobSelection(
                excludes, files, Boolean.TRUE.equals(excludeCaches), !Boolean.FALSE.equals(oneFileSystem)));
    }

    /** The selection as the feed takes it, with the files of patterns read. */
    static Selection selection(JobSelection job) throws CommandException {
        List<SelectionRules.PatternFile> files = new ArrayList<>();
        for (String file : job.excludeFiles()) {
            try {
                files.add(new SelectionRules.PatternFile(file, Files.readAllBytes(Path.of(file))));
            } catch (IOException e) {
                throw new CommandException(
                        ErrorMessage.usage("cannot read the exclude file " + Quoting.quote(file))
                                .because("(" + Quoting.oneLine(String.valueOf(e)) + ")"),
                        e);
            }
        }
        return Selection.of(new SelectionRules(job.excludes(), files, job.excludeCaches(), job.oneFileSystem(), true));
    }
}

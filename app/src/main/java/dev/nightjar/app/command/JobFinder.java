package dev.nightjar.app.command;

import dev.nightjar.app.job.Job;
import dev.nightjar.app.job.Places;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which job is meant: the one that is named, or whose sources contain the place, or the only one there is. */
final class JobFinder {
    private final Session session;

    JobFinder(Session session) {
        this.session = session;
    }

    List<Known> all() throws IOException {
        return session.state().jobs();
    }

    /**
     * The job that {@code --job}, a path or the current directory says; else the only one.
     *
     * @param path null if the verb was given none
     */
    Known find(@Nullable BytePath path) throws IOException, CommandException {
        List<Known> jobs = all();
        String name = session.flags().job;
        if (name != null) {
            return named(jobs, name);
        }
        BytePath place = path == null ? BytePath.of(session.directory().toString()) : path;
        Optional<Known> containing = containing(jobs, place);
        if (containing.isPresent()) {
            return containing.get();
        }
        if (jobs.size() == 1 && path == null) {
            return jobs.getFirst();
        }
        if (path != null) {
            throw new CommandException(listed(
                    ErrorMessage.usage("no job covers " + Quoting.quote(path.toArgument()))
                            .remedy("nightjar run " + Quoting.quote(path.toArgument()) + " --to REPO"),
                    jobs));
        }
        throw new CommandException(
                jobs.isEmpty()
                        ? ErrorMessage.usage("there is no job yet")
                                .because("State: "
                                        + Quoting.quote(session.state().path().toString()))
                                .remedy("nightjar run DIR --to REPO", "backs a directory up while you work")
                        : listed(ErrorMessage.usage("which job? There are " + jobs.size()), jobs)
                                .remedy("--job NAME", "or go to one of its directories"));
    }

    /** The job whose sources contain the place; the one that lies deepest if there are several. */
    static Optional<Known> containing(List<Known> jobs, BytePath place) {
        return jobs.stream()
                .filter(known -> known.job().covers(place))
                .max(java.util.Comparator.comparingInt(known -> known.job().roots().stream()
                        .filter(place::startsWith)
                        .mapToInt(root -> root.names().size())
                        .max()
                        .orElse(0)));
    }

    private static Known named(List<Known> jobs, String name) throws CommandException {
        List<Known> fitting = jobs.stream()
                .filter(known -> known.job().name().equals(name)
                        || known.directory().id().equals(name)
                        || known.job().roots().stream()
                                .anyMatch(root -> root.toArgument().equals(name)))
                .toList();
        if (fitting.size() == 1) {
            return fitting.getFirst();
        }
        String what = fitting.isEmpty()
                ? "there is no job " + Quoting.quote(name)
                : "several jobs are called " + Quoting.quote(name) + "; say which by its id";
        throw new CommandException(listed(ErrorMessage.usage(what), fitting.isEmpty() ? jobs : fitting));
    }

    private static ErrorMessage listed(ErrorMessage error, List<Known> jobs) {
        ErrorMessage listed = error;
        for (Known known : jobs) {
            listed = listed.because(line(known));
        }
        return listed;
    }

    private static String line(Known known) {
        return known.directory().id() + "  " + Quoting.quote(known.job().name()) + "  "
                + known.job().roots().stream()
                        .map(root -> Quoting.quote(root.toArgument()))
                        .collect(Collectors.joining(" "));
    }

    /** A job's sources for people: {@code ~/Documents, ~/Pictures}. */
    static String sources(Console console, Job job) {
        return job.roots().stream().map(root -> console.path(root.toArgument())).collect(Collectors.joining(", "));
    }

    /** The path of an entry, which may be a link itself, or gone: only the directory it is in is made canonical. */
    BytePath entry(String argument) {
        BytePath absolute = Places.absolute(argument, session.directory());
        Deque<Name> gone = new ArrayDeque<>();
        BytePath at = absolute;
        while (at.parent() != null && at.name() != null) {
            gone.push(at.name());
            at = at.parent();
            try {
                BytePath found = Places.existing(at.toArgument(), session.directory());
                for (Name name : gone) {
                    found = found.resolve(name);
                }
                return found;
            } catch (CommandException _) {
                // Gone, too: the directory above it may be there.
            }
        }
        return absolute;
    }

    /** The canonical path of an argument, which may also be one that is not there any more. */
    BytePath place(String argument) {
        try {
            return Places.existing(argument, session.directory());
        } catch (CommandException _) {
            return Places.absolute(argument, session.directory());
        }
    }
}

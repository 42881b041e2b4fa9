package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.repository.Repository;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar unlock}: removes locks whose owners are gone. */
@Command(
        name = "unlock",
        customSynopsis = "nightjar unlock [--remove-all]",
        description = {
            "Removes the locks of processes that are gone: older than 30 minutes, or of",
            "a process of this host that does not run any more.",
            "A lock that is alive is left alone; its owner is at work."
        },
        footer = "nightjar unlock -r /mnt/nas/documents")
final class UnlockVerb extends Verb {
    @Option(
            names = "--remove-all",
            description = "also locks that are alive. Only if you know that nobody uses the repository:"
                    + " a prune elsewhere would delete what a backup here still needs")
    private boolean removeAll;

    @Override
    ExitCode run(Session session) throws Exception {
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        Repositories.Choice choice = repositories.choose();
        try (Repository repository = repositories.open(choice)) {
            int removed = repository.unlock(removeAll);
            if (console.json()) {
                console.answer(JsonObject.message("unlocked").put("locks_removed", removed));
            } else {
                console.answer(
                        removed == 0
                                ? "There was no lock to remove."
                                : "Removed " + Figures.count(removed, "lock") + ".");
            }
        }
        return ExitCode.DONE;
    }
}

package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockMode;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Rewriting;
import dev.nightjar.repository.repair.IndexRepair;
import dev.nightjar.repository.repair.PackRepair;
import dev.nightjar.repository.repair.RepairListener;
import dev.nightjar.repository.repair.SnapshotRepair;
import dev.nightjar.repository.storage.FileKind;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar repair}: puts a damaged repository right. */
@Command(
        name = "repair",
        customSynopsis = {
            "nightjar repair index [-n] [--read-all-packs]",
            "nightjar repair packs ID...",
            "nightjar repair snapshots [-n] [--forget] [ID...]"
        },
        description = {
            "Puts right what nightjar check found, as far as that can be done:",
            "",
            "index      names what the packs hold, and drops packs that are gone",
            "packs      saves what is whole in damaged packs, and removes these",
            "snapshots  makes snapshots without the files that are lost for good",
            "",
            "In this order, and with a backup before the last: what the sources still",
            "have is uploaded again then, and older snapshots that need it are whole.",
            "Repaired snapshots have the tag \"repaired\"; the damaged ones stay, unless",
            "--forget is given. Nobody else may use the repository meanwhile."
        },
        footer = {
            "nightjar repair index -r /mnt/nas/documents",
            "nightjar repair packs 9ac31f0e",
            "nightjar repair snapshots -n",
            "nightjar repair snapshots --forget 7be0c2d1"
        })
final class RepairVerb extends Verb {
    private static final int SHORTEST_ID = 8;

    @Parameters(index = "0", arity = "0..1", paramLabel = "index|packs|snapshots")
    private @Nullable String what;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "ID")
    private List<String> ids = List.of();

    @Option(
            names = {"-n", "--dry-run"},
            description = "show what would be done (index, snapshots)")
    private boolean dryRun;

    @Option(names = "--forget", description = "snapshots: remove the damaged ones")
    private boolean forget;

    @Option(names = "--read-all-packs", description = "index: believe no index file, read the header of every pack")
    private boolean readAllPacks;

    @Override
    ExitCode run(Session session) throws Exception {
        String verb = what == null ? "" : what;
        switch (verb) {
            case "index" -> refuse(forget || !ids.isEmpty(), "repair index takes neither --forget nor an ID");
            case "packs" -> {
                refuse(forget || readAllPacks || dryRun, "repair packs takes no flags but those of every verb");
                refuse(ids.isEmpty(), "repair packs needs to know which: nightjar check --read-data names them");
            }
            case "snapshots" -> refuse(readAllPacks, "--read-all-packs is for repair index");
            default -> refuse(true, "repair needs to know what: index, packs or snapshots");
        }
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        Repositories.Choice choice = repositories.choose();
        try (Repository repository = repositories.open(choice)) {
            RepairText text = new RepairText(console, choice.address().text(), dryRun);
            RepairListener listener = (stage, done, total) -> console.live(RepairText.progress(stage, done, total));
            return switch (verb) {
                case "index" -> index(repository, text, listener);
                case "packs" -> packs(session, repository, text, listener);
                default -> snapshots(session, repository, text, listener);
            };
        }
    }

    private static void refuse(boolean wrong, String message) throws CommandException {
        if (wrong) {
            throw new CommandException(
                    ErrorMessage.usage(message).remedy("nightjar repair --help", "shows how it is used"));
        }
    }

    private ExitCode index(Repository repository, RepairText text, RepairListener listener) throws Exception {
        IndexRepair repair = new IndexRepair(repository, listener);
        if (dryRun) {
            try (RepositoryLock _ = repository.lock(LockMode.SHARED)) {
                IndexRepair.Plan plan = repair.plan(readAllPacks, Set.of());
                text.index(plan, repair.blobsIn(plan.gone()), null);
            }
            return ExitCode.DONE;
        }
        try (Rewriting rewriting = Rewriting.begin(repository)) {
            IndexRepair.Plan plan = repair.plan(readAllPacks, Set.of());
            long blobsGone = repair.blobsIn(plan.gone());
            if (plan.isEmpty()) {
                text.index(plan, 0, null);
                return ExitCode.DONE;
            }
            // Dropping what is gone takes nothing away that could still be read.
            IndexRepair.Result result = repair.apply(plan, rewriting);
            text.index(plan, blobsGone, result);
            return result.bad().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private ExitCode packs(Session session, Repository repository, RepairText text, RepairListener listener)
            throws Exception {
        try (Rewriting rewriting = Rewriting.begin(repository)) {
            Set<Id> packs = new LinkedHashSet<>(find(packsKnown(repository), "pack", ids));
            ask(
                    session,
                    "Copy what is whole out of " + Figures.count(packs.size(), "pack") + ", and remove the damaged?",
                    "nothing was touched");
            text.packs(new PackRepair(repository, listener).repair(packs, rewriting));
            return ExitCode.DONE;
        }
    }

    private static Set<Id> packsKnown(Repository repository) throws RepositoryException {
        Set<Id> known = new HashSet<>();
        repository.storage().list(FileKind.DATA, (id, _) -> known.add(id));
        return known;
    }

    private ExitCode snapshots(Session session, Repository repository, RepairText text, RepairListener listener)
            throws Exception {
        Set<Id> known = new HashSet<>();
        if (dryRun) {
            try (RepositoryLock _ = repository.lockForReading()) {
                repository.storage().list(FileKind.SNAPSHOT, (id, _) -> known.add(id));
                repository.loadIndex();
                SnapshotRepair.Result result =
                        new SnapshotRepair(repository, listener).look(find(known, "snapshot", ids));
                text.snapshots(result, forget);
                return ExitCode.DONE;
            }
        }
        try (Rewriting rewriting = Rewriting.begin(repository)) {
            repository.storage().list(FileKind.SNAPSHOT, (id, _) -> known.add(id));
            repository.loadIndex();
            List<Id> wanted = find(known, "snapshot", ids);
            if (forget) {
                SnapshotRepair.Result seen = new SnapshotRepair(repository, listener).look(wanted);
                if (!seen.damaged().isEmpty()) {
                    ask(
                            session,
                            "Replace " + Figures.count(seen.damaged().size(), "snapshot") + ", losing "
                                    + Figures.count(seen.lostCount(), "path") + " that cannot be read?",
                            "nothing was touched");
                }
            }
            SnapshotRepair.Result result = new SnapshotRepair(repository, listener).repair(wanted, rewriting, forget);
            text.snapshots(result, forget);
            return result.unreadable().isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private void ask(Session session, String question, String otherwise) throws CommandException {
        session.console().live("");
        if (!YesNo.ask(session, question)) {
            throw new CommandException(
                    ErrorMessage.of(ExitCode.FAILED, ErrorClass.QUESTION, "refused", "nothing was repaired")
                            .because("It was not answered with yes, so " + otherwise + ".")
                            .remedy("-y", "answers yes"));
        }
    }

    private static List<Id> find(Set<Id> known, String kind, List<String> wanted) throws CommandException {
        List<Id> found = new ArrayList<>();
        for (String prefix : wanted) {
            List<Id> fitting = prefix.length() < SHORTEST_ID
                    ? List.of()
                    : known.stream().filter(id -> id.hex().startsWith(prefix)).toList();
            if (fitting.size() != 1) {
                throw new CommandException(
                        ErrorMessage.usage((fitting.isEmpty() ? "there is no " : "several begin so: ") + kind + " "
                                        + Quoting.quote(prefix))
                                .because("At least the first 8 digits are needed.")
                                .remedy("nightjar check --read-data", "names what is damaged"));
            }
            found.add(fitting.getFirst());
        }
        return found;
    }
}

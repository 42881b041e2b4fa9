package dev.nightjar.app.command;

import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.engine.CommitReport;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nightjar backup}: saves once. */
@Command(
        name = "backup",
        customSynopsis = "nightjar backup [SRC...] [--to REPO] [--exclude P]...",
        description = {
            "Saves what is in SRC now, once: looks at every name, reads only what",
            "changed. The repository must exist (nightjar init). Where a run watches",
            "the same sources, that run saves at once instead.",
            "Without SRC: the job of the current directory, or the only one."
        },
        footer = {
            "nightjar backup ~/Documents --to /mnt/nas/documents",
            "nightjar backup",
            "nightjar backup ~/src --to /mnt/nas/src --exclude 'build/' --json"
        })
final class BackupVerb extends Verb {
    @Mixin
    private SourceFlags sources = new SourceFlags();

    @Mixin
    private TargetFlags target = new TargetFlags();

    @Override
    ExitCode run(Session session) throws Exception {
        JobSetup setup = JobSetup.of(session, sources);
        Optional<JsonObject> watched = OneBackup.byWatcher(setup.directory());
        if (watched.isPresent()) {
            return CommitText.answer(session.console(), "", watched.get());
        }
        JobSetup whole = setup.with(session, "backup", target);
        var prepared = new TargetPreparation(session, whole).prepare(TargetPreparation.Manner.MUST_EXIST);
        CommitReport report = OneBackup.save(session, prepared, sources.watcherChoice());
        return CommitText.answer(session.console(), prepared.setup().job().name(), CommitText.json(report));
    }
}

package dev.nightjar.repository.restore;

import dev.nightjar.linux.LinuxException;
import dev.nightjar.repository.restore.OpenDirectories.Held;
import dev.nightjar.repository.restore.RestoreListener.Outcome;
import dev.nightjar.repository.tree.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * Leaves directories when nothing is left to do in them: only then do they get their owner, permissions and times, as all
 * that happens in them would change these or be forbidden by them. Thread-safe.
 */
final class Departures {

    private final OpenDirectories directories;
    private final Metadata metadata;
    private final Tally tally;

    Departures(OpenDirectories directories, Metadata metadata, Tally tally) {
        this.directories = directories;
        this.metadata = metadata;
        this.tally = tally;
    }

    /** One thing in the directory is done; if it was the last, the directory is, and then perhaps its parent. */
    void leave(DirectoryPlan plan) {
        for (@Nullable DirectoryPlan at = plan; at != null && at.leave(); at = at.parent) {
            finish(at);
        }
    }

    private void finish(DirectoryPlan plan) {
        if (plan.state != DirectoryPlan.State.THERE) {
            return; // nothing in it was wanted, or it could not be made
        }
        if (plan.node != null) {
            try (Held held = directories.hold(plan)) {
                metadata.apply(plan.node, Metadata.of(held.directory), plan.path());
            } catch (LinuxException e) {
                tally.refused(plan.path(), e);
            }
        }
        directories.forget(plan);
        if (plan.parent != null) {
            tally.done(plan.path(), NodeType.DIRECTORY, plan.fresh ? Outcome.RESTORED : Outcome.UNCHANGED);
        }
    }
}

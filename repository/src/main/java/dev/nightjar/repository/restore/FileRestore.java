package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.ExistsException;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.RenameMode;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.restore.OpenDirectories.Held;
import dev.nightjar.repository.restore.Problem.Reason;
import dev.nightjar.repository.restore.RestoreListener.Outcome;
import dev.nightjar.repository.tree.NodeType;
import org.jspecify.annotations.Nullable;

/**
 * Makes regular files: without a name, or where that cannot be under a temporary one, content first, then metadata, then
 * the real name. A file that fails leaves nothing. Thread-safe.
 */
final class FileRestore {

    private final OpenDirectories directories;
    private final Departures departures;
    private final Metadata metadata;
    private final TemporaryNames temporaryNames;
    private final Tally tally;
    private volatile boolean canBeUnnamed = true;

    FileRestore(
            OpenDirectories directories,
            Departures departures,
            Metadata metadata,
            TemporaryNames temporaryNames,
            Tally tally) {
        this.directories = directories;
        this.departures = departures;
        this.metadata = metadata;
        this.temporaryNames = temporaryNames;
        this.tally = tally;
    }

    /** Writes one verified blob, the first {@code length} bytes of an array, to its place; {@link #blobDone} follows. */
    void write(FilePlan plan, byte[] content, int length, long position) {
        OpenFile file = fileOf(plan);
        if (file == null) {
            return;
        }
        try {
            int written = ZeroRuns.write(file, content, length, position);
            tally.wrote(written);
            if (written < length) {
                synchronized (plan) {
                    plan.hasHoles = true;
                }
            }
        } catch (LinuxException e) {
            fail(plan, e);
        }
    }

    /** One blob of the file was written, or will never be; the last one completes the file. */
    void blobDone(FilePlan plan) {
        synchronized (plan) {
            if (--plan.remaining > 0) {
                return;
            }
        }
        complete(plan);
    }

    /** The file, made if this is its first blob; null if it has failed or nothing more is to be done. */
    private @Nullable OpenFile fileOf(FilePlan plan) {
        synchronized (plan) {
            if (plan.failed || tally.isStopped()) {
                return null;
            }
            if (plan.file == null) {
                try (Held held = directories.hold(plan.directory)) {
                    OpenFile file = create(plan, held.directory);
                    plan.file = file;
                    if (plan.directory.handsDownAcl) {
                        file.removeXattr(Metadata.ACCESS_ACL);
                    }
                } catch (LinuxException e) {
                    fail(plan, e);
                }
            }
            return plan.file;
        }
    }

    /** A file without a name, of which a killed process leaves nothing; where there is no such thing, one with a lock. */
    private OpenFile create(FilePlan plan, Directory directory) throws LinuxException {
        OpenFile file = canBeUnnamed ? directory.createUnnamed(0600) : null;
        if (file == null) {
            canBeUnnamed = false;
            Name temporary = temporaryNames.next();
            file = directory.createFile(temporary, 0600);
            plan.temporary = temporary;
        }
        boolean _ = file.tryLock();
        return file;
    }

    /** All its blobs are written: the file gets its metadata and its name, or is removed if it failed. */
    void complete(FilePlan plan) {
        OpenFile file = fileOf(plan);
        Outcome outcome = file == null ? Outcome.FAILED : finish(plan, file);
        if (outcome != Outcome.RESTORED) {
            discard(plan);
        }
        tally.done(path(plan), NodeType.FILE, outcome);
        if (plan.shared != null) {
            SharedFile.State state = outcome == Outcome.RESTORED ? SharedFile.State.THERE : SharedFile.State.FAILED;
            for (SharedFile.Waiting other : plan.shared.settle(state)) {
                link(plan.shared, other, state);
            }
        }
        departures.leave(plan.directory);
    }

    private Outcome finish(FilePlan plan, OpenFile file) {
        BytePath path = path(plan);
        try (Held held = directories.hold(plan.directory)) {
            if (plan.hasHoles) {
                file.truncate(plan.length);
            }
            long size = file.stat().size();
            if (size != plan.length) {
                tally.problem(path, Reason.REFUSED, "has " + size + " bytes after writing " + plan.length);
                return Outcome.FAILED;
            }
            metadata.apply(plan.node, Metadata.of(file), path);
            giveName(plan, file, held.directory);
            if (plan.node.size() != plan.length) {
                tally.problem(
                        path,
                        Reason.SIZE_DIFFERS,
                        "the snapshot says " + plan.node.size() + " bytes, its data has " + plan.length);
            }
            return Outcome.RESTORED;
        } catch (ExistsException _) {
            return Outcome.KEPT;
        } catch (LinuxException e) {
            tally.refused(path, e);
            return Outcome.FAILED;
        }
    }

    private void giveName(FilePlan plan, OpenFile file, Directory directory) throws LinuxException {
        Name name = plan.node.name();
        Name temporary = plan.temporary;
        if (temporary == null && !plan.replace) {
            directory.link(file, name);
            file.close();
            return;
        }
        if (temporary == null) {
            temporary = temporaryNames.next();
            directory.link(file, temporary);
            plan.temporary = temporary;
        }
        file.close();
        directory.rename(temporary, directory, name, plan.replace ? RenameMode.REPLACE : RenameMode.NO_REPLACE);
        plan.temporary = null;
    }

    private void discard(FilePlan plan) {
        try (OpenFile _ = plan.file) {
            if (plan.temporary != null) {
                try (Held held = directories.hold(plan.directory)) {
                    held.directory.unlink(plan.temporary);
                }
            }
        } catch (NotFoundException _) {
            // Somebody else removed it: that is what we wanted.
        } catch (LinuxException e) {
            tally.refused(path(plan), e);
        }
    }

    /** The repository has not what the file needs. */
    void fail(FilePlan plan, RepositoryException e) {
        synchronized (plan) {
            if (plan.failed) {
                return;
            }
            plan.failed = true;
        }
        tally.unread(path(plan), e);
    }

    private void fail(FilePlan plan, LinuxException e) {
        synchronized (plan) {
            if (plan.failed) {
                return;
            }
            plan.failed = true;
        }
        tally.refused(path(plan), e);
    }

    /** Gives the file one more name, once its first one is settled. */
    void link(SharedFile first, SharedFile.Waiting other, SharedFile.State state) {
        BytePath path = other.directory().path(other.node().name());
        Outcome outcome = Outcome.FAILED;
        if (state == SharedFile.State.THERE && !tally.isStopped()) {
            outcome = link(first, other, path);
        } else if (!tally.isStopped()) {
            tally.problem(path, Reason.DAMAGED, "another name of " + first.directory.path(first.name));
        }
        tally.done(path, other.node().type(), outcome);
        departures.leave(other.directory());
    }

    private Outcome link(SharedFile first, SharedFile.Waiting other, BytePath path) {
        try (Held from = directories.hold(first.directory);
                Held into = directories.hold(other.directory())) {
            Name name = other.node().name();
            if (other.replace()) {
                linkOver(from.directory, first.name, into.directory, name);
            } else {
                from.directory.link(first.name, into.directory, name);
            }
            return Outcome.RESTORED;
        } catch (ExistsException _) {
            return Outcome.KEPT;
        } catch (LinuxException e) {
            tally.refused(path, e);
            return Outcome.FAILED;
        }
    }

    private void linkOver(Directory from, Name first, Directory into, Name name) throws LinuxException {
        Name temporary = temporaryNames.next();
        from.link(first, into, temporary);
        try {
            into.rename(temporary, into, name, RenameMode.REPLACE);
        } finally {
            // If the name was a link to the same file already, the rename did nothing and the other name is still
            // there.
            if (into.statOrNull(temporary) != null) {
                into.unlink(temporary);
            }
        }
    }

    private static BytePath path(FilePlan plan) {
        return plan.directory.path(plan.node.name());
    }
}

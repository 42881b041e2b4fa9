package dev.nightjar.repository;

import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.format.MasterKey;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The keys of a repository, each of which a password opens. All hold the same master key: who has once had one of them can
 * read the repository for ever, and removing a key only takes a password away. For one thread; whoever changes keys holds
 * a lock, an exclusive one for {@link #remove} and {@link #replace}, as restic does.
 */
public final class Keys {
    /**
     * One key, as its file says it in clear.
     *
     * @param current the one that the repository was opened with
     */
    public record Key(Id id, boolean current, Instant created, String username, String hostname) {}

    /** What is done between the time when a new password is good, and the time when the old one is not any more. */
    @FunctionalInterface
    public interface Handover {
        /** The new password opens the repository, and so does the old. */
        void bothOpen() throws IOException;
    }

    private final Storage storage;
    private final RepositoryContext context;
    private final MasterKey master;
    private final boolean appendOnly;
    private Id current;

    Keys(Storage storage, RepositoryContext context, KeyRing.Opened opened, boolean appendOnly) {
        this.storage = storage;
        this.context = context;
        this.master = opened.master();
        this.current = opened.id();
        this.appendOnly = appendOnly;
    }

    /** All keys, oldest first. */
    public List<Key> list() throws RepositoryException {
        List<Key> keys = new ArrayList<>();
        for (Id id : KeyRing.list(storage)) {
            KeyFile file = KeyRing.read(storage, id);
            keys.add(new Key(id, id.equals(current), file.created(), file.username(), file.hostname()));
        }
        keys.sort(Comparator.comparing(Key::created).thenComparing(Key::id));
        return keys;
    }

    /**
     * Makes a key that this password (UTF-8) opens. It is read back and opened before this returns; one that cannot be is
     * taken away again.
     */
    public Id add(byte[] password) throws RepositoryException {
        Id id = KeyRing.write(storage, master, password, KeyFile.Cost.DEFAULT, context);
        boolean proved = false;
        try {
            MasterKey inside = KeyRing.read(storage, id).open(KeyRing.name(id), password, context.random());
            if (inside == null || !KeyRing.isSame(master, inside)) {
                throw new CorruptException(
                        KeyRing.name(id) + " is not what was written", "the new password does not open it");
            }
            proved = true;
            return id;
        } finally {
            if (!proved) {
                storage.delete(new FileName(FileKind.KEY, id));
            }
        }
    }

    /** Removes a key; not the one that the repository was opened with. */
    public void remove(Id id) throws RepositoryException {
        if (id.equals(current)) {
            throw new UnsupportedRepositoryException(
                    KeyRing.name(id) + " is the one in use",
                    "the password you gave opens this key; without it there might be none that you know",
                    "nightjar key passwd     changes its password");
        }
        mustBeRemovable();
        storage.delete(new FileName(FileKind.KEY, id));
    }

    private void mustBeRemovable() throws UnsupportedRepositoryException {
        if (appendOnly) {
            throw new UnsupportedRepositoryException(
                    "the repository at " + storage.location() + " is append-only",
                    "nothing but locks is removed from it",
                    "");
        }
    }

    /**
     * Puts a key of this password (UTF-8) in the place of the one that the repository was opened with. Whenever this ends
     * too early, the old password, the new, or both open it.
     */
    public Id replace(byte[] password, Handover handover) throws IOException {
        mustBeRemovable();
        Id id = add(password);
        handover.bothOpen();
        storage.delete(new FileName(FileKind.KEY, current));
        current = id;
        return id;
    }
}

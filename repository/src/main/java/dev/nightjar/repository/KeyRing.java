package dev.nightjar.repository;

import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.format.MasterKey;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The key files of a repository, each of which wraps the same master key under a password of its own. */
final class KeyRing {
    private KeyRing() {}

    /** The ids of all key files. */
    static List<Id> list(Storage storage) throws RepositoryException {
        List<Id> keys = new ArrayList<>();
        storage.list(FileKind.KEY, (id, size) -> keys.add(id));
        return keys;
    }

    /** A key that a password opened, and what was in it. */
    record Opened(Id id, MasterKey master) {}

    /** What a key is called in messages. */
    static String name(Id id) {
        return "key " + id.shortHex();
    }

    static KeyFile read(Storage storage, Id id) throws RepositoryException {
        return KeyFile.decode(name(id), storage.read(new FileName(FileKind.KEY, id)));
    }

    static void mustNotBeEmpty(byte[] password) throws UnsupportedRepositoryException {
        if (password.length == 0) {
            throw new UnsupportedRepositoryException(
                    "the password is empty", "restic refuses an empty password", "give one");
        }
    }

    /** Writes a key file that the password opens; returns its id. */
    static Id write(Storage storage, MasterKey master, byte[] password, KeyFile.Cost cost, RepositoryContext context)
            throws RepositoryException {
        mustNotBeEmpty(password);
        byte[] bytes = KeyFile.create(
                        master,
                        password,
                        cost,
                        context.clock().instant(),
                        context.username(),
                        context.hostname(),
                        context.random())
                .encode();
        Id id = Id.sha256(bytes);
        storage.write(new FileName(FileKind.KEY, id), ByteBuffer.wrap(bytes));
        return id;
    }

    static boolean isSame(MasterKey one, MasterKey other) {
        return MessageDigest.isEqual(one.encrypt(), other.encrypt())
                && MessageDigest.isEqual(one.k(), other.k())
                && MessageDigest.isEqual(one.r(), other.r());
    }

    /**
     * The master key, from the first key file that the password opens.
     *
     * @throws WrongPasswordException if it opens none
     * @throws CorruptException if it opens none, and one of them is damaged
     */
    static Opened open(Storage storage, List<Id> keys, byte[] password, RepositoryContext context)
            throws RepositoryException {
        List<String> made = new ArrayList<>();
        CorruptException bad = null;
        for (Id id : keys) {
            try {
                byte[] content = storage.read(new FileName(FileKind.KEY, id));
                if (!Id.sha256(content).equals(id)) {
                    bad = new CorruptException(name(id) + " is damaged", "its content does not match its name");
                }
                KeyFile file = KeyFile.decode(name(id), content);
                MasterKey key = file.open(name(id), password, context.random());
                if (key != null) {
                    return new Opened(id, key);
                }
                made.add(file.created().toString().substring(0, 10));
            } catch (CorruptException e) {
                bad = e;
            }
        }
        if (bad != null) {
            throw bad;
        }
        made.sort(Comparator.naturalOrder());
        throw new WrongPasswordException(
                "the password does not open " + storage.location(),
                "The repository has " + keys.size() + (keys.size() == 1 ? " key" : " keys") + ", made "
                        + String.join(", ", made),
                "nightjar snapshots -r " + storage.location() + " --password-file F     to try another",
                keys.size());
    }
}

package dev.nightjar.repository;

import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.format.MasterKey;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
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

    /**
     * The master key, from the first key file that the password opens.
     *
     * @throws WrongPasswordException if it opens none
     * @throws CorruptException if it opens none, and one of them is damaged
     */
    static MasterKey open(Storage storage, List<Id> keys, byte[] password, RepositoryContext context)
            throws RepositoryException {
        List<String> made = new ArrayList<>();
        CorruptException bad = null;
        for (Id id : keys) {
            String what = "key " + id.shortHex();
            try {
                byte[] content = storage.read(new FileName(FileKind.KEY, id));
                if (!Id.sha256(content).equals(id)) {
                    bad = new CorruptException(what + " is damaged", "its content does not match its name");
                }
                KeyFile file = KeyFile.decode(what, content);
                MasterKey key = file.open(what, password, context.random());
                if (key != null) {
                    return key;
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

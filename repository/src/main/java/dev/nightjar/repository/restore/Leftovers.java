package dev.nightjar.repository.restore;

import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a restore that was killed left in a directory where files cannot be without a name: regular files with a temporary
 * name that nobody has locked. A restore that goes on has its own locked.
 */
final class Leftovers {
    private static final int AT_ONCE = 1000;

    private Leftovers() {}

    /** Removes them. What cannot be removed stays, and hurts nobody. */
    static void remove(Directory directory) {
        List<Name> found = new ArrayList<>();
        try {
            directory.list((name, _) -> {
                if (found.size() < AT_ONCE && TemporaryNames.isOne(name)) {
                    found.add(name);
                }
            });
            for (Name name : found) {
                remove(directory, name);
            }
        } catch (IOException _) {
            // Not worth a word: what matters is what is restored.
        }
    }

    private static void remove(Directory directory, Name name) throws LinuxException {
        Stat stat = directory.statOrNull(name);
        if (stat == null || stat.type() != FileType.FILE || stat.links() > 1) {
            return;
        }
        try (OpenFile file = directory.openFile(name)) {
            if (file.stat().inode() == stat.inode() && file.tryLock()) {
                directory.unlink(name);
            }
        }
    }
}

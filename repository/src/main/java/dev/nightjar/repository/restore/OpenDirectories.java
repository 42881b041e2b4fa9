package dev.nightjar.repository.restore;

import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Directories of the destination that were used lately, kept open. Each is opened beneath the destination, no symbolic
 * link followed (C18). At most 128 beyond those in use. Thread-safe.
 */
final class OpenDirectories implements AutoCloseable {

    private static final int KEPT_AT_MOST = 128;

    private final Directory into;
    private final Map<DirectoryPlan, Held> open = new LinkedHashMap<>(256, 0.75f, true);

    OpenDirectories(Directory into) {
        this.into = into;
    }

    /** The open directory, until {@link Held#close}. */
    synchronized Held hold(DirectoryPlan plan) throws LinuxException {
        Held held = open.get(plan);
        if (held == null) {
            held = new Held(open(plan));
            open.put(plan, held);
            closeOldest();
        }
        held.users++;
        return held;
    }

    private Directory open(DirectoryPlan plan) throws LinuxException {
        if (plan.parent != null && plan.name != null) {
            Held parent = open.get(plan.parent);
            if (parent != null) {
                return parent.directory.openDirectory(plan.name);
            }
        }
        return into.openBeneath(plan.path());
    }

    /** The directory is done: nobody will ask for it again. */
    synchronized void forget(DirectoryPlan plan) {
        Held held = open.get(plan);
        if (held != null && held.users == 0) {
            open.remove(plan);
            held.directory.close();
        }
    }

    private void closeOldest() {
        Iterator<Held> oldest = open.values().iterator();
        while (open.size() > KEPT_AT_MOST && oldest.hasNext()) {
            Held held = oldest.next();
            if (held.users == 0) {
                oldest.remove();
                held.directory.close();
            }
        }
    }

    @Override
    public synchronized void close() {
        open.values().forEach(held -> held.directory.close());
        open.clear();
    }

    /** A directory in use. */
    final class Held implements AutoCloseable {
        final Directory directory;
        private int users;

        Held(Directory directory) {
            this.directory = directory;
        }

        @Override
        public void close() {
            synchronized (OpenDirectories.this) {
                users--;
            }
        }
    }
}

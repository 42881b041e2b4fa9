package dev.nightjar.repository.restore;

import dev.nightjar.linux.Name;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/** Names for files that are not whole yet: short, as the final one may have 255 bytes, and nobody else's. Thread-safe. */
final class TemporaryNames {

    private final String prefix;
    private final AtomicLong next = new AtomicLong();

    TemporaryNames(RandomGenerator random) {
        this.prefix = ".nightjar-" + Long.toString(random.nextLong(1L << 40), 36) + "-";
    }

    Name next() {
        return Name.of(prefix + Long.toString(next.getAndIncrement(), 36));
    }
}

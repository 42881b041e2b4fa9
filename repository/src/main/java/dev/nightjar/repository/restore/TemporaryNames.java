package dev.nightjar.repository.restore;

import dev.nightjar.linux.Name;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Names for files that are not whole yet: short, as the final one may have 255 bytes, and nobody else's. Thread-safe. */
final class TemporaryNames {

    private static final String PREFIX = ".nightjar-tmp-";
    private static final Pattern ALL = Pattern.compile(Pattern.quote(PREFIX) + "[0-9a-f]{16}-[0-9a-z]{1,13}");

    private final String prefix;
    private final AtomicLong next = new AtomicLong();

    TemporaryNames(RandomGenerator random) {
        this.prefix = PREFIX + HexFormat.of().toHexDigits(random.nextLong()) + "-";
    }

    Name next() {
        return Name.of(prefix + Long.toString(next.getAndIncrement(), 36));
    }

    /** Whether some restore made up this name. */
    static boolean isOne(Name name) {
        return ALL.matcher(new String(name.bytes(), StandardCharsets.ISO_8859_1))
                .matches();
    }
}

package dev.nightjar.feed.selection;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * A pattern that is looked for: with gitignore's wildcards, but without its rules of where patterns belong. Without a slash
 * it is compared with names; with one, with the end of the path; with one at its beginning, with the whole path; with one
 * at its end, with directories only. For one thread.
 */
public final class PathPattern {
    private final Rule rule;
    private BytePath parent = BytePath.of("");
    private byte[][] directories = {};

    private PathPattern(Rule rule) {
        this.rule = rule;
    }

    /** Reads a pattern; empty if it can match nothing: a bracket that never ends, a backslash at the end. */
    public static Optional<PathPattern> parse(byte[] pattern) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int slash = -1;
        for (int i = 0; i < pattern.length - 1 && slash < 0; i++) {
            slash = pattern[i] == '/' ? i : -1;
        }
        if (slash > 0) {
            line.writeBytes(new byte[] {'*', '*', '/'});
        } else if (pattern.length > 0 && pattern[0] == '!') {
            line.write('\\');
        }
        line.writeBytes(pattern);
        return Optional.ofNullable(Rule.parse("", line.toByteArray())).map(PathPattern::new);
    }

    /** Whether the entry {@code name} of the absolute directory {@code in} is what is looked for. */
    public boolean matches(BytePath in, Name name, boolean isDirectory) {
        if (!in.equals(parent)) {
            List<Name> names = in.names();
            directories = new byte[names.size()][];
            for (int i = 0; i < directories.length; i++) {
                directories[i] = names.get(i).bytes();
            }
            parent = in;
        }
        return rule.matches(directories, 0, name.bytes(), isDirectory);
    }
}

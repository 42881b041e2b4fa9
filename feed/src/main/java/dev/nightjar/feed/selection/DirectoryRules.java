package dev.nightjar.feed.selection;

import dev.nightjar.linux.Name;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force for the entries of one directory.
 *
 * <p>Order, as git has it: {@code --exclude} before {@code .nightjarignore} files (a deeper one before an upper one)
 * before {@code --exclude-file} before the defaults; within each, the last matching line decides. What lies below a
 * directory that is left out is left out, whatever a rule says. A cache tag, when {@code --exclude-caches} was given,
 * comes before all.
 */
public final class DirectoryRules {
    private final Selection selection;
    private final byte[][] root; // names of the root's own path
    private final byte[][] directories; // names from the root down to this directory
    private final @Nullable DirectoryRules parent;
    private final byte @Nullable [] ignoreBytes;
    private final List<Rule> ignoreFile;
    private final @Nullable Verdict leftOut; // this directory is left out, with all that is in it
    private final @Nullable Verdict cache; // so is all that is in it, but for the tag

    private DirectoryRules(
            Selection selection,
            byte[][] root,
            byte[][] directories,
            @Nullable DirectoryRules parent,
            byte @Nullable [] ignoreFile,
            boolean cacheTag,
            @Nullable Verdict leftOut) {
        this.selection = selection;
        this.root = root;
        this.directories = directories;
        this.parent = parent;
        this.ignoreBytes = ignoreFile;
        this.ignoreFile = ignoreFile == null ? List.of() : Rule.parseFile(prefix() + Selection.IGNORE_FILE, ignoreFile);
        this.leftOut = leftOut;
        this.cache = cacheTag && selection.rules().excludeCaches()
                ? new Verdict(false, "--exclude-caches (" + prefix() + Selection.CACHE_TAG + ")")
                : null;
    }

    static DirectoryRules ofRoot(Selection selection, byte[][] root, byte @Nullable [] ignoreFile, boolean cacheTag) {
        return new DirectoryRules(selection, root, new byte[0][], null, ignoreFile, cacheTag, null);
    }

    /**
     * The rules for a directory in this one. Entering a directory that is left out gives rules that leave out all.
     *
     * @param ignoreFile the bytes of its {@code .nightjarignore}, null if it has none
     * @param cacheTag whether it has a {@code CACHEDIR.TAG} for which {@link Selection#isCacheTag} holds
     */
    public DirectoryRules enter(Name directory, byte @Nullable [] ignoreFile, boolean cacheTag) {
        byte[][] deeper = append(directories, List.of(directory));
        Verdict itself = judge(directory, true);
        Verdict whole = itself.included() ? null : itself;
        return new DirectoryRules(selection, root, deeper, this, ignoreFile, cacheTag, whole);
    }

    /** Whether an entry of this directory is part of the selection. */
    public Verdict judge(Name name, boolean directory) {
        if (leftOut != null) {
            return leftOut;
        }
        if (cache != null) {
            return !directory && name.equals(Selection.CACHE_TAG) ? Verdict.NO_RULE : cache;
        }
        if (!directory && name.equals(Selection.IGNORE_FILE)) {
            return Verdict.NO_RULE; // what says what is left out is never left out itself: a restored tree needs it
        }
        byte[] bytes = name.bytes();
        Verdict verdict = last(selection.excludes(), bytes, directory);
        for (DirectoryRules level = this; verdict == null && level != null; level = level.parent) {
            verdict = last(level.ignoreFile, level.directories.length, bytes, directory);
        }
        if (verdict == null) {
            verdict = last(selection.excludeFiles(), bytes, directory);
        }
        if (verdict == null) {
            verdict = last(selection.defaults(), bytes, directory);
        }
        return verdict == null ? Verdict.NO_RULE : verdict;
    }

    /** Whether these rules decide everything here as others do: the same place, flags and files. */
    public boolean sameAs(DirectoryRules other) {
        if (this == other) {
            return true;
        }
        boolean sameHere = selection == other.selection
                && Arrays.equals(ignoreBytes, other.ignoreBytes)
                && (cache == null) == (other.cache == null)
                && (leftOut == null) == (other.leftOut == null)
                && Arrays.deepEquals(root, other.root)
                && Arrays.deepEquals(directories, other.directories);
        if (!sameHere || parent == null || other.parent == null) {
            return sameHere && parent == null && other.parent == null;
        }
        return parent.sameAs(other.parent);
    }

    /**
     * Whether everything below a directory in this one is decided as it was when that directory was elsewhere below the same
     * root, or had another name. False also when that is not known: an ignore file that did not speak of it there does here.
     *
     * @param name the directory's name here
     * @param levels how many directories up from this one the place is that both ways have in common
     * @param before the names from there to where the directory was, its own last; none of the directories on this way had
     *     an ignore file
     */
    public boolean decideBelowAsBefore(Name name, int levels, List<Name> before) {
        DirectoryRules common = this;
        for (int i = 0; i < levels; i++) {
            if (common.ignoreBytes != null || common.parent == null) {
                return false;
            }
            common = common.parent;
        }
        byte[][] here = append(directories, List.of(name));
        byte[][] there = append(common.directories, before);
        for (DirectoryRules level = common; level != null; level = level.parent) {
            int from = level.directories.length;
            if (!level.ignoreFile.stream().allMatch(rule -> rule.saysTheSameBelow(here, there, from))) {
                return false;
            }
        }
        byte[][] absoluteHere = append(root, here);
        byte[][] absoluteThere = append(root, there);
        return Stream.of(selection.excludes(), selection.excludeFiles(), selection.defaults())
                .flatMap(List::stream)
                .allMatch(rule -> rule.saysTheSameBelow(here, there, 0)
                        && (!rule.fromSlash() || rule.saysTheSameBelow(absoluteHere, absoluteThere, 0)));
    }

    private static byte[][] append(byte[][] names, List<Name> more) {
        return append(names, more.stream().map(Name::bytes).toArray(byte[][]::new));
    }

    private static byte[][] append(byte[][] names, byte[][] more) {
        byte[][] all = Arrays.copyOf(names, names.length + more.length);
        System.arraycopy(more, 0, all, names.length, more.length);
        return all;
    }

    private @Nullable Verdict last(List<Rule> rules, int from, byte[] name, boolean directory) {
        for (int i = rules.size() - 1; i >= 0; i--) {
            if (rules.get(i).matches(directories, from, name, directory)) {
                return rules.get(i).verdict();
            }
        }
        return null;
    }

    /** As {@link #last(List, int, byte[], boolean)}, for flags: a pattern from a slash may be an absolute path. */
    private @Nullable Verdict last(List<Rule> rules, byte[] name, boolean directory) {
        byte[][] absolute = null;
        for (int i = rules.size() - 1; i >= 0; i--) {
            Rule rule = rules.get(i);
            if (rule.matches(directories, 0, name, directory)) {
                return rule.verdict();
            }
            if (rule.fromSlash()) {
                if (absolute == null) {
                    absolute = append(root, directories);
                }
                if (rule.matches(absolute, 0, name, directory)) {
                    return rule.verdict();
                }
            }
        }
        return null;
    }

    private String prefix() {
        StringBuilder text = new StringBuilder();
        for (byte[] directory : directories) {
            text.append(Name.of(directory)).append('/');
        }
        return text.toString();
    }
}

package dev.nightjar.feed.selection;

import java.util.Arrays;
import java.util.List;

/**
 * The flags that shape a selection.
 *
 * @param excludes patterns given on the command line, gitignore meaning relative to each root; a pattern that begins
 *     with a slash may also be an absolute path. A lone surrogate U+DC80..U+DCFF stands for the raw byte 0x80..0xFF
 * @param excludeFiles files of such patterns
 * @param excludeCaches whether the content of directories with a cache tag is left out
 * @param oneFileSystem whether to stay on the filesystem of each root (kept here for the hash; the feed does it)
 * @param defaults whether {@link Selection#defaultPatterns} are left out
 */
public record SelectionRules(
        List<String> excludes,
        List<PatternFile> excludeFiles,
        boolean excludeCaches,
        boolean oneFileSystem,
        boolean defaults) {

    /** What applies when no flag is given: the defaults are left out, one filesystem per root. */
    public static final SelectionRules STANDARD = new SelectionRules(List.of(), List.of(), false, true, true);

    /** Everything below the roots, on every filesystem. */
    public static final SelectionRules EVERYTHING = new SelectionRules(List.of(), List.of(), false, false, false);

    /** Copies the lists. */
    public SelectionRules {
        excludes = List.copyOf(excludes);
        excludeFiles = List.copyOf(excludeFiles);
    }

    /**
     * The content of a file of patterns.
     *
     * @param name how messages call it
     * @param content its bytes, as read
     */
    public record PatternFile(String name, byte[] content) {
        /** Copies the bytes. */
        public PatternFile {
            content = content.clone();
        }

        @Override
        public byte[] content() {
            return content.clone();
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof PatternFile that && name.equals(that.name) && Arrays.equals(content, that.content);
        }

        @Override
        public int hashCode() {
            return 31 * name.hashCode() + Arrays.hashCode(content);
        }
    }
}

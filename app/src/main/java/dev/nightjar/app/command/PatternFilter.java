package dev.nightjar.app.command;

import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.restore.RestoreFilter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code --include} and {@code --exclude} of a restore: patterns as in .gitignore, relative to the directory that is
 * restored. What a pattern includes comes with all that is below it, but for what another excludes.
 *
 * @param includes rules that "leave out" what is included; null if everything is
 * @param excludes null if nothing is left out
 */
record PatternFilter(
        @Nullable DirectoryRules includes, @Nullable DirectoryRules excludes) implements RestoreFilter {

    /** @param directory the path of the directory that is restored, so that patterns may be absolute, too */
    static RestoreFilter of(List<String> includes, List<String> excludes, BytePath directory) {
        return includes.isEmpty() && excludes.isEmpty()
                ? RestoreFilter.ALL
                : new PatternFilter(rules(includes, directory), rules(excludes, directory));
    }

    private static @Nullable DirectoryRules rules(List<String> patterns, BytePath directory) {
        return patterns.isEmpty()
                ? null
                : Selection.of(new SelectionRules(patterns, List.of(), false, false, false))
                        .judgeRoot(directory, null, false);
    }

    private static boolean matches(@Nullable DirectoryRules rules, Name name, boolean directory) {
        return rules != null && !rules.judge(name, directory).included();
    }

    @Override
    public Answer judge(Name name, boolean directory) {
        if (matches(excludes, name, directory)) {
            return Answer.OUT;
        }
        if (includes == null || matches(includes, name, directory)) {
            return Answer.IN;
        }
        return directory ? Answer.WAY : Answer.OUT;
    }

    @Override
    public RestoreFilter below(Name directory) {
        return new PatternFilter(
                includes == null || matches(includes, directory, true) ? null : includes.enter(directory, null, false),
                excludes == null ? null : excludes.enter(directory, null, false));
    }
}

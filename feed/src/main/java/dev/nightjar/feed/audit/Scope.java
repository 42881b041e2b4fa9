package dev.nightjar.feed.audit;

import dev.nightjar.feed.scan.Root;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.scan.Workers;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import java.util.List;

/** What an audit is about: the roots, and the rules that hold below them. */
record Scope(List<Root> roots, Workers.Setting setting) {
    /** The root that a path is, or is below. */
    Root rootOf(BytePath path) {
        for (Root root : roots) {
            if (path.startsWith(root.path())) {
                return root;
            }
        }
        throw new IllegalArgumentException(path + " is below no root");
    }

    /** Opens a directory of which there is a path. */
    Directory open(BytePath path) throws LinuxException {
        Root root = rootOf(path);
        try (Directory top = Directory.open(root.path(), setting.counters())) {
            return top.openBeneath(root.path().relativize(path));
        }
    }

    /** The rules for names in a directory, read anew from its root down. */
    DirectoryRules rules(BytePath path) throws LinuxException {
        Root root = rootOf(path);
        RuleFiles files = setting.ruleFiles();
        try (Directory top = Directory.open(root.path(), setting.counters())) {
            DirectoryRules rules = files.root(root.path(), top);
            BytePath at = BytePath.of("");
            for (Name name : root.path().relativize(path).names()) {
                at = at.resolve(name);
                try (Directory directory = top.openBeneath(at)) {
                    rules = files.enter(rules, name, directory);
                }
            }
            return rules;
        }
    }
}

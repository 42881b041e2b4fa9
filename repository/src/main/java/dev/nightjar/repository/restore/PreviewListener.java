package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.tree.Node;

/** Is told what a restore would do. */
@FunctionalInterface
public interface PreviewListener {

    /**
     * What would become of one entry.
     *
     * @param path relative to the directory that is restored into
     * @return whether to go on
     */
    boolean entry(BytePath path, Node node, Fate fate);
}

package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.FileType;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Builds the trees of all roots: once, and again for what was moved meanwhile. */
final class Parts {
    private static final int LARGE = 200_000;
    private static final int PASSES = 3;

    private final CommitRun run;
    private final CommitProgress progress;
    private final Sources sources;
    private final NodeMaker nodes;
    private final FileContents contents;
    private long built;

    Parts(CommitRun run, CommitProgress progress, Sources sources) {
        this.run = run;
        this.progress = progress;
        this.sources = sources;
        this.nodes = new NodeMaker(run.feed());
        this.contents = new FileContents(run, progress);
    }

    /**
     * Builds the trees.
     *
     * @param upTo the sequence the commit was fixed at. A directory moved since from where the walk had not been to where
     *     it had been would be in neither place, so what changed since is looked at once more.
     */
    Trees build(DirtyDirectories dirty, long upTo) throws IOException, InterruptedException {
        List<Trees.Root> roots = pass(dirty);
        long seen = upTo;
        for (int pass = 1; pass < PASSES && LedgerReader.directoriesChanged(run.feed(), seen); pass++) {
            long now = run.feed().sequence();
            run.ledger().flush();
            roots = pass(DirtyDirectories.since(run.feed(), seen, new LongSet()));
            seen = now;
        }
        return Trees.of(roots, nodes, sources.counters(), built, contents.restNanos(), contents.solved());
    }

    private List<Trees.Root> pass(DirtyDirectories dirty) throws IOException, InterruptedException {
        LineLoader loader =
                new LineLoader(run.feed(), run.header(), line -> TreeWalk.mustVisit(line, dirty), LARGE, run.ledger());
        TreeWalk walk = new TreeWalk(run, dirty, loader, contents, progress, nodes);
        List<Trees.Root> roots = new ArrayList<>();
        for (Line line : loader.roots()) {
            BytePath path = run.feed().read(reader -> reader.path(line.entry().id()));
            if (line.entry().isDirectory()) {
                roots.add(new Trees.Root(path, nodes.of(line, walk.directory(line, sources.root(path)))));
            } else {
                addOther(walk, line, path, roots);
            }
        }
        built += walk.trees();
        return roots;
    }

    private void addOther(TreeWalk walk, Line line, BytePath path, List<Trees.Root> roots)
            throws IOException, InterruptedException {
        BytePath parent = path.parent();
        if (line.entry().type() == FileType.FILE && parent != null) {
            walk.file(line, new SourceDirectory(sources.root(parent), null, null));
        }
        if (!line.isLeftOut() && line.entry().type() != FileType.SOCKET) {
            roots.add(new Trees.Root(path, nodes.of(line, null)));
        }
    }
}

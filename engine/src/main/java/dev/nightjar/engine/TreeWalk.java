package dev.nightjar.engine;

import dev.nightjar.feed.Entry;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.tree.TreeWriter;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Walks the directories on the way to a change and writes their trees (C11): on the way down files that must be read are
 * handed to the pipeline, on the way up trees are written. The way up lags behind the way down, by a bounded number of
 * lines, so that the pipeline has work while trees wait for their files. No recursion: trees may be thousands of levels
 * deep.
 */
final class TreeWalk {
    /** Lines of directories that wait to be written. */
    private static final int LAG = 16_000;

    private final CommitRun run;
    private final DirtyDirectories dirty;
    private final LineLoader loader;
    private final FileContents contents;
    private final CommitProgress progress;
    private final NodeMaker nodes;
    private final Map<Long, Id> written = new HashMap<>();
    private final Deque<Frame> toWrite = new ArrayDeque<>();
    private int weight;
    private long trees;

    TreeWalk(
            CommitRun run,
            DirtyDirectories dirty,
            LineLoader loader,
            FileContents contents,
            CommitProgress progress,
            NodeMaker nodes) {
        this.run = run;
        this.dirty = dirty;
        this.loader = loader;
        this.contents = contents;
        this.progress = progress;
        this.nodes = nodes;
    }

    /** Whether a directory's tree has to be written anew. */
    static boolean mustVisit(Line line, DirtyDirectories dirty) {
        return line.tree() == null || dirty.contains(line.entry().id());
    }

    /** The tree of a root that is a directory. */
    Id directory(Line rootLine, SourceRoot root) throws IOException, InterruptedException {
        Id known = rootLine.tree();
        if (known != null && !mustVisit(rootLine, dirty)) {
            return known;
        }
        Deque<Frame> stack = new ArrayDeque<>();
        stack.push(enter(rootLine, null, root));
        while (!stack.isEmpty()) {
            run.check();
            Frame top = stack.element();
            Line next = top.toVisit().poll();
            if (next != null) {
                stack.push(enter(next, top, root));
                continue;
            }
            stack.pop();
            toWrite.add(top);
            weight += top.weight();
            while (weight > LAG) {
                writeFirst();
            }
        }
        while (!toWrite.isEmpty()) {
            writeFirst();
        }
        Id tree = written.remove(rootLine.entry().id());
        if (tree == null) {
            throw new IllegalStateException("the root was not written");
        }
        return tree;
    }

    /** Settles the line of a root that is a regular file. */
    void file(Line line, SourceDirectory parent) throws IOException, InterruptedException {
        if (!contents.settle(line)) {
            contents.read(line, parent, done -> {});
            while (contents.isBusy()) {
                contents.completeFirst();
            }
        }
    }

    /** How many trees were written. */
    long trees() {
        return trees;
    }

    private Frame enter(Line line, @Nullable Frame parent, SourceRoot root) throws IOException, InterruptedException {
        List<Line> lines = loader.load(line.entry().id());
        Frame frame = new Frame(line, parent, root, lines);
        if (lines != null) {
            settle(frame, lines);
            return frame;
        }
        List<Line> page = loader.page(frame.directory(), null);
        while (!page.isEmpty()) {
            settle(frame, page);
            page = loader.page(frame.directory(), page.getLast().entry().name());
        }
        return frame;
    }

    private void settle(Frame frame, List<Line> lines) throws IOException, InterruptedException {
        for (Line line : lines) {
            Entry entry = line.entry();
            FileType type = entry.type();
            if (type == FileType.FILE) {
                if (contents.settle(line)) {
                    progress.done(entry);
                } else {
                    frame.beganReading();
                    contents.read(line, frame.source(), frame::ended);
                }
                continue;
            }
            contents.solved(line);
            if (type == FileType.DIRECTORY && mustVisit(line, dirty)) {
                frame.toVisit().add(line);
            }
        }
    }

    private void writeFirst() throws IOException, InterruptedException {
        Frame frame = toWrite.remove();
        weight -= frame.weight();
        while (frame.isBusy()) {
            contents.completeFirst();
        }
        TreeWriter tree = new TreeWriter();
        List<Line> lines = frame.lines();
        if (lines != null) {
            add(tree, lines);
        } else {
            addPages(tree, frame);
        }
        Id id = run.commit().storeTree(tree.finish());
        trees++;
        written.put(frame.directory(), id);
        run.ledger().tree(frame.directory(), id);
    }

    /** Of a directory that is too large to be held: what its readings found is in the ledger. */
    private void addPages(TreeWriter tree, Frame frame) throws IOException, InterruptedException {
        run.ledger().flush();
        Name after = null;
        while (true) {
            List<Line> page = loader.page(frame.directory(), after);
            if (page.isEmpty()) {
                return;
            }
            after = page.getLast().entry().name();
            List<Line> best = page.stream().map(frame::best).toList();
            for (Line line : best) {
                // A row may have come since the way down. It is newer than this commit, and the next one has it.
                if (line.entry().type() == FileType.FILE && line.content() == null) {
                    line.leaveOut();
                }
            }
            add(tree, best);
        }
    }

    private void add(TreeWriter tree, List<Line> lines) throws IOException {
        for (Line line : lines) {
            if (line.isLeftOut() || line.entry().type() == FileType.SOCKET) {
                continue;
            }
            Id subtree = null;
            if (line.entry().isDirectory()) {
                Id fresh = written.remove(line.entry().id());
                subtree = fresh == null ? line.tree() : fresh;
                if (subtree == null) {
                    continue;
                }
            }
            tree.add(nodes.of(line, subtree));
        }
    }
}

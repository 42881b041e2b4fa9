package dev.nightjar.repository.look;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.io.IOException;
import java.io.OutputStream;

/** Gives a file or a directory of a snapshot out as a stream. For one thread. */
public final class Dump {
    /** How a directory is packed. */
    public enum Format {
        /** pax, with all that Linux keeps of a file but sockets. */
        TAR,
        /** For other systems: files, directories, symlinks, permissions, and times to the second. */
        ZIP
    }

    /** Is told what an archive could not hold. */
    @FunctionalInterface
    public interface Listener {
        /** This one was left out: the format has no such thing, or the tree it stands in is damaged. */
        void leftOut(BytePath path, String why);
    }

    private final Repository repository;
    private final Listener listener;

    /** The repository is locked for reading, and its index loaded. */
    public Dump(Repository repository, Listener listener) {
        this.repository = repository;
        this.listener = listener;
    }

    /** Writes the content of a regular file. */
    public void file(BytePath path, Node node, OutputStream out) throws IOException {
        new Contents(repository, path, node).writeTo(out);
    }

    /**
     * Writes an archive of what is in a directory.
     *
     * @param path where the directory is in the snapshot; names in the archive begin with it, without its leading slash,
     *     as restic has it
     */
    public void directory(BytePath path, Id tree, Format format, OutputStream out) throws IOException {
        Archive archive = switch (format) {
            case TAR -> new TarArchive(out);
            case ZIP -> new ZipArchive(out);
        };
        below(BytePath.root().relativize(path), tree, archive);
        archive.finish();
    }

    private void below(BytePath path, Id tree, Archive archive) throws IOException {
        TreeReader nodes = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
        for (Node node; (node = nodes.next()) != null; ) {
            Steps.mayGoOn();
            BytePath here = path.resolve(node.name());
            Contents contents = node.type() == NodeType.FILE ? new Contents(repository, here, node) : null;
            if (!archive.add(here, node, contents)) {
                listener.leftOut(here, "such an archive holds no " + node.type().word());
            }
            if (node.type() == NodeType.DIRECTORY && node.subtree() != null) {
                below(here, node.subtree(), archive);
            } else if (node.type() == NodeType.DIRECTORY) {
                listener.leftOut(here, "what is in it is not recorded");
            }
        }
        for (String name : nodes.refused()) {
            listener.leftOut(path, "it has a name that no directory can hold: " + name);
        }
    }
}

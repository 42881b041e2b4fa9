package dev.nightjar.repository.tree;

import dev.nightjar.linux.FileType;
import java.nio.charset.StandardCharsets;

/** What a node is, in restic's words. */
public enum NodeType {
    FILE("file"),
    DIRECTORY("dir"),
    SYMLINK("symlink"),
    BLOCK_DEVICE("dev"),
    CHARACTER_DEVICE("chardev"),
    FIFO("fifo"),
    SOCKET("socket"),
    /** Anything else, types that a later program may add included. */
    IRREGULAR("irregular");

    private static final NodeType[] ALL = values();
    private final String word;

    NodeType(String word) {
        this.word = word;
    }

    /** restic's word for it. */
    public String word() {
        return word;
    }

    /** The node type of a file that exists. */
    public static NodeType of(FileType type) {
        return switch (type) {
            case FILE -> FILE;
            case DIRECTORY -> DIRECTORY;
            case SYMLINK -> SYMLINK;
            case FIFO -> FIFO;
            case SOCKET -> SOCKET;
            case BLOCK_DEVICE -> BLOCK_DEVICE;
            case CHARACTER_DEVICE -> CHARACTER_DEVICE;
        };
    }

    static NodeType ofWord(byte[] bytes) {
        String word = new String(bytes, StandardCharsets.ISO_8859_1);
        for (NodeType type : ALL) {
            if (type.word.equals(word)) {
                return type;
            }
        }
        return IRREGULAR;
    }
}

package dev.nightjar.feed.catalog;

/** Why a name ceased. */
public enum GoneKind {
    /** The file is no more, as far as is known. */
    DELETED(0),
    /** The row has another name now. */
    MOVED(1),
    /** The name left the selection. */
    LEFT_OUT(2),
    /** A directory above it ceased, which stands for all below; kept to know where names in this one were. */
    BELOW(3);

    private final int column;

    GoneKind(int column) {
        this.column = column;
    }

    int column() {
        return column;
    }

    static GoneKind of(int column) {
        return switch (column) {
            case 1 -> MOVED;
            case 2 -> LEFT_OUT;
            case 3 -> BELOW;
            default -> DELETED;
        };
    }
}

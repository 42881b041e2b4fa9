package dev.nightjar.feed;

import java.io.IOException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Something to do with a consistent view of the catalog. Short: no I/O of its own (C20). */
@FunctionalInterface
public interface CatalogReading<T extends @Nullable Object> {
    /** Reads; the reader is valid until this returns. */
    T apply(CatalogReader reader) throws SQLException, IOException;
}

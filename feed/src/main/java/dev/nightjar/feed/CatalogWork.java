package dev.nightjar.feed;

import java.sql.Connection;
import java.sql.SQLException;

/** A reader's own statements, run in a transaction on the catalog's thread. It neither commits nor rolls back. */
@FunctionalInterface
public interface CatalogWork {
    /** Runs the statements; an exception takes all of them back. */
    void run(Connection connection) throws SQLException;
}

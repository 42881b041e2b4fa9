package dev.nightjar.feed.catalog;

import java.security.SecureRandom;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;

/**
 * Sequences and ids, never given out twice (C7): a ceiling is durable long before it is reached, and a start after an
 * unproven stop begins above it.
 */
final class Numbers {
    private static final long BLOCK = 1L << 22;

    private final Rows rows;
    private final String identity;
    private long sequence;
    private long id;
    private long sequenceCeiling;
    private long idCeiling;

    private Numbers(Rows rows, String identity) {
        this.rows = rows;
        this.identity = identity;
    }

    /** Takes up where the last owner stopped, in the current transaction. */
    static Numbers resume(Rows rows, SecureRandom random) throws SQLException {
        byte[] bytes = new byte[8];
        random.nextBytes(bytes);
        Numbers numbers = new Numbers(rows, HexFormat.of().formatHex(bytes));
        long lastSequence = Math.max(
                numbers.number("SELECT coalesce(max(sequence), 0) FROM entry"),
                Math.max(
                        numbers.number("SELECT coalesce(max(sequence), 0) FROM gone"),
                        numbers.number("SELECT coalesce(max(sequence), 0) FROM gap")));
        lastSequence = Math.max(lastSequence, numbers.meta("sequence"));
        long lastId = Math.max(numbers.meta("id"), numbers.number("SELECT coalesce(max(id), 0) FROM entry"));
        boolean proven = numbers.meta("clean") == 1;
        numbers.sequence = proven ? lastSequence : Math.max(lastSequence, numbers.meta("sequence_ceiling"));
        numbers.id = proven ? lastId : Math.max(lastId, numbers.meta("id_ceiling"));
        try (PreparedStatement close =
                rows.connection().prepareStatement("UPDATE epoch SET last=? WHERE last IS NULL")) {
            close.setLong(1, lastSequence);
            close.executeUpdate();
        }
        try (PreparedStatement open =
                rows.connection().prepareStatement("INSERT INTO epoch(identity, first) VALUES(?, ?)")) {
            open.setString(1, numbers.identity);
            open.setLong(2, lastSequence + 1);
            open.executeUpdate();
        }
        numbers.put("clean", 0);
        numbers.put("sequence", lastSequence);
        numbers.reserve();
        return numbers;
    }

    String identity() {
        return identity;
    }

    long sequence() {
        return sequence;
    }

    long nextSequence() throws SQLException {
        if (++sequence > sequenceCeiling - BLOCK / 2) {
            reserve();
        }
        return sequence;
    }

    long nextId() throws SQLException {
        if (++id > idCeiling - BLOCK / 2) {
            reserve();
        }
        return id;
    }

    /** Makes the highest sequence part of the current transaction. */
    void keep() throws SQLException {
        put("sequence", sequence);
    }

    /** Proves, in the current transaction, that nothing above was given out. */
    void close() throws SQLException {
        put("sequence", sequence);
        put("id", id);
        put("clean", 1);
    }

    private void reserve() throws SQLException {
        sequenceCeiling = sequence + BLOCK;
        idCeiling = id + BLOCK;
        put("sequence_ceiling", sequenceCeiling);
        put("id_ceiling", idCeiling);
    }

    private long meta(String key) throws SQLException {
        PreparedStatement statement = rows.statement("SELECT value FROM meta WHERE key=?");
        statement.setString(1, key);
        try (ResultSet found = statement.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    private long number(String sql) throws SQLException {
        try (ResultSet found = rows.statement(sql).executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    private void put(String key, long value) throws SQLException {
        PreparedStatement statement = rows.statement(
                "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO UPDATE SET value=excluded.value");
        statement.setString(1, key);
        statement.setLong(2, value);
        statement.executeUpdate();
    }
}

package dev.nightjar.feed.catalog;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Names of users and groups, written down when they are first seen. Files only: no name service can block us (C10). */
final class Owners {
    private final Rows rows;
    private final Set<Integer> users = new HashSet<>();
    private final Set<Integer> groups = new HashSet<>();

    Owners(Rows rows) {
        this.rows = rows;
    }

    void seen(int uid, int gid) throws SQLException {
        if (users.add(uid)) {
            put("user", uid, Path.of("/etc/passwd"));
        }
        if (groups.add(gid)) {
            put("group", gid, Path.of("/etc/group"));
        }
    }

    private void put(String kind, int id, Path file) throws SQLException {
        String name = names(file).get(id);
        if (name == null) {
            return;
        }
        PreparedStatement statement = rows.statement("INSERT INTO owner(kind, id, name) VALUES(?, ?, ?)"
                + " ON CONFLICT(kind, id) DO UPDATE SET name=excluded.name");
        statement.setString(1, kind);
        statement.setLong(2, Integer.toUnsignedLong(id));
        statement.setString(3, name);
        statement.executeUpdate();
    }

    /** passwd(5) and group(5) have the name first and the number third. */
    private static Map<Integer, String> names(Path file) {
        Map<Integer, String> names = new HashMap<>();
        try {
            for (String line :
                    Files.readString(file, StandardCharsets.ISO_8859_1).split("\n")) {
                String[] fields = line.split(":", 4);
                if (fields.length >= 3 && fields[2].matches("[0-9]{1,10}")) {
                    String name = new String(fields[0].getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
                    names.putIfAbsent((int) Long.parseLong(fields[2]), name);
                }
            }
        } catch (IOException e) {
            return Map.of();
        }
        return names;
    }
}

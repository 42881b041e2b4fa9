package dev.nightjar.app.command;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Columns of text, as wide as they need to be; a column with nothing in it but its heading is left out. */
final class Table {
    private final List<String[]> rows = new ArrayList<>();
    private final Set<Integer> rightAligned = new HashSet<>();

    Table(String... headings) {
        rows.add(headings);
    }

    void right(int column) {
        rightAligned.add(column);
    }

    void row(String... cells) {
        rows.add(cells);
    }

    List<String> lines() {
        int columns = rows.getFirst().length;
        int[] widths = new int[columns];
        boolean[] used = new boolean[columns];
        for (int row = 0; row < rows.size(); row++) {
            for (int column = 0; column < columns; column++) {
                String cell = rows.get(row)[column];
                widths[column] = Math.max(widths[column], cell.codePointCount(0, cell.length()));
                used[column] |= row > 0 && !cell.isEmpty();
            }
        }
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                if (used[column]) {
                    String pad = " ".repeat(widths[column] - row[column].codePointCount(0, row[column].length()));
                    line.append(rightAligned.contains(column) ? pad + row[column] : row[column] + pad)
                            .append("  ");
                }
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}

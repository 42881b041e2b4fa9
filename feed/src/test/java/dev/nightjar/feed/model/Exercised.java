package dev.nightjar.feed.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** What the model test has exercised: for each combination of filesystem and watcher, how often each thing. Any thread. */
final class Exercised {
    private final Map<String, Map<String, Integer>> counts = new TreeMap<>();

    /** Counts something; zero makes it a line of the table that is still empty. */
    synchronized void count(String combination, String what, int times) {
        counts.computeIfAbsent(what, w -> new TreeMap<>()).merge(combination, times, Integer::sum);
    }

    /** The table, a line for each thing. */
    synchronized String table() {
        List<String> combinations = counts.values().stream()
                .flatMap(line -> line.keySet().stream())
                .distinct()
                .sorted()
                .toList();
        StringBuilder text = new StringBuilder("%-24s".formatted("exercised"));
        combinations.forEach(combination -> text.append("%16s".formatted(combination)));
        counts.forEach((what, line) -> {
            text.append("\n%-24s".formatted(what.toLowerCase(Locale.ROOT)));
            for (String combination : combinations) {
                Integer times = line.get(combination);
                text.append("%16s".formatted(times == null ? "-" : times));
            }
        });
        return text.append('\n').toString();
    }

    /** What was never done in a combination. */
    synchronized List<String> zeros() {
        List<String> zeros = new ArrayList<>();
        counts.forEach((what, line) -> line.forEach((combination, times) -> {
            if (times == 0) {
                zeros.add(what + " on " + combination);
            }
        }));
        return zeros;
    }
}

package dev.nightjar.repository.check;

import dev.nightjar.repository.Id;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Which packs a check reads from end to end. */
public sealed interface ReadData {

    /** None of them. */
    record None() implements ReadData {}

    /** All of them. */
    record All() implements ReadData {}

    /**
     * One part of several, always the same packs: the part of a pack is the first byte of its id, modulo {@code of}, as
     * restic has it. So {@code 1/7} to {@code 7/7}, one a day, read everything within a week.
     *
     * @param number 1 to {@code of}
     * @param of 1 to 256
     */
    record Part(int number, int of) implements ReadData {}

    /**
     * So many of a hundred packs, at random, at least one.
     *
     * @param percent above 0, at most 100
     */
    record Percent(double percent, RandomGenerator random) implements ReadData {}

    /** Packs at random, until they have so many bytes together. */
    record Bytes(long bytes, RandomGenerator random) implements ReadData {}

    /**
     * Reads {@code 2/7}, {@code 5%} or {@code 500M} (bytes, or with K, M, G, T), as restic's {@code --read-data-subset}
     * takes them.
     *
     * @param random chooses packs
     * @throws IllegalArgumentException if it is none of these; the message is for the user
     */
    static ReadData parse(String text, RandomGenerator random) {
        try {
            int slash = text.indexOf('/');
            if (slash >= 0) {
                Part part = new Part(
                        Integer.parseInt(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
                if (part.of < 1 || part.of > 256 || part.number < 1 || part.number > part.of) {
                    throw new IllegalArgumentException("n/t needs n from 1 to t, and t up to 256");
                }
                return part;
            }
            if (text.endsWith("%")) {
                double percent = Double.parseDouble(text.substring(0, text.length() - 1));
                if (!(percent > 0 && percent <= 100)) {
                    throw new IllegalArgumentException("a percentage is above 0 and at most 100");
                }
                return new Percent(percent, random);
            }
            long bytes = bytes(text);
            if (bytes < 1) {
                throw new IllegalArgumentException("a size is at least one byte");
            }
            return new Bytes(bytes, random);
        } catch (NumberFormatException | ArithmeticException e) {
            throw new IllegalArgumentException("a part as 2/7, a size as 500M or a percentage is expected", e);
        }
    }

    private static long bytes(String text) {
        String upper = text.toUpperCase(Locale.ROOT);
        int unit = upper.isEmpty() ? -1 : "BKMGT".indexOf(upper.charAt(upper.length() - 1));
        long number = Long.parseLong(unit < 0 ? upper : upper.substring(0, upper.length() - 1));
        return Math.multiplyExact(number, 1L << (10 * Math.max(0, unit)));
    }

    /** The packs to be read, of these with their sizes. */
    default Map<Id, Long> choose(Map<Id, Long> packs) {
        return switch (this) {
            case None _ -> Map.of();
            case All _ -> packs;
            case Part(int number, int of) -> {
                Map<Id, Long> chosen = new LinkedHashMap<>();
                packs.forEach((id, size) -> {
                    if ((id.word(0) >>> 56) % of == number - 1) {
                        chosen.put(id, size);
                    }
                });
                yield chosen;
            }
            case Percent(double percent, RandomGenerator random) -> {
                long count = Math.max(1, (long) (packs.size() * percent / 100));
                Map<Id, Long> chosen = new LinkedHashMap<>();
                shuffled(packs, random).stream().limit(count).forEach(id -> chosen.put(id, packs.getOrDefault(id, 0L)));
                yield chosen;
            }
            case Bytes(long bytes, RandomGenerator random) -> {
                Map<Id, Long> chosen = new LinkedHashMap<>();
                long together = 0;
                for (Id id : shuffled(packs, random)) {
                    if (together >= bytes) {
                        break;
                    }
                    long size = packs.getOrDefault(id, 0L);
                    chosen.put(id, size);
                    together += size;
                }
                yield chosen;
            }
        };
    }

    /** In an order that depends on the packs and the generator alone. */
    private static List<Id> shuffled(Map<Id, Long> packs, RandomGenerator random) {
        List<Id> ids = new ArrayList<>(packs.keySet());
        ids.sort(Comparator.naturalOrder());
        for (int i = ids.size() - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            Id id = ids.get(i);
            ids.set(i, ids.get(other));
            ids.set(other, id);
        }
        return ids;
    }
}

package dev.nightjar.feed.model;

import dev.nightjar.linux.BytePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Does seeded random things to the directories {@code sel} and {@code out} of a place. Runs in a process of its own,
 * because the feed ignores what its own process does. Reads lines {@code SEED FLOOD OPERATIONS TIMID PLACE}, answers each
 * with the counts of what it did and {@code done}. Others may work on the same tree.
 */
final class Mutator {
    private Mutator() {}

    /** See above; ends when its input does. */
    public static void main(String[] arguments) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 5);
            RandomGenerator random =
                    RandomGeneratorFactory.of("L64X128MixRandom").create(Long.parseLong(words[0]));
            Map<Operation, Integer> counts;
            StringBuilder answer = new StringBuilder();
            try (Mutations mutations = new Mutations(random, Boolean.parseBoolean(words[3]), BytePath.of(words[4]))) {
                mutations.flood(Integer.parseInt(words[1]));
                counts = run(mutations, random, Integer.parseInt(words[2]));
                mutations.linked().forEach(inode -> answer.append(inode).append(' '));
            }
            counts.forEach((operation, count) ->
                    answer.append(operation).append('=').append(count).append(' '));
            System.out.println(answer.append("done"));
            System.out.flush();
        }
    }

    private static Map<Operation, Integer> run(Mutations mutations, RandomGenerator random, int operations) {
        Operation[] all = Operation.values();
        Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
        for (int i = 0; i < operations; i++) {
            Operation operation = all[random.nextInt(all.length)];
            try {
                if (mutations.perform(operation)) {
                    counts.merge(operation, 1, Integer::sum);
                }
            } catch (IOException e) {
                // The name is taken, or gone by another's doing, or a directory would go into itself: the next will do.
                counts.merge(operation, 0, Integer::sum);
            }
            if (random.nextInt(8) == 0) {
                // So that the feed's looks fall between operations at every distance.
                LockSupport.parkNanos(random.nextInt(20) == 0 ? 150_000_000 : random.nextInt(6_000_000));
            }
        }
        return counts;
    }
}

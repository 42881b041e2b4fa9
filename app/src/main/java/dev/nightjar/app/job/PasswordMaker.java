package dev.nightjar.app.job;

import java.util.random.RandomGenerator;

/**
 * Makes passwords that can be read aloud and typed: six groups of five characters of Crockford's base32 (no I, L, O, U),
 * 150 bits.
 */
public final class PasswordMaker {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int GROUPS = 6;
    private static final int GROUP = 5;

    private PasswordMaker() {}

    public static String make(RandomGenerator random) {
        StringBuilder password = new StringBuilder(GROUPS * (GROUP + 1));
        for (int i = 0; i < GROUPS * GROUP; i++) {
            if (i > 0 && i % GROUP == 0) {
                password.append('-');
            }
            password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return password.toString();
    }
}

package dev.nightjar.repository.chunker;

import java.util.random.RandomGenerator;

/** Polynomials over GF(2), a bit a coefficient. */
public final class Polynomial {
    /** The degree of a chunker's polynomial. */
    public static final int DEGREE = 53;

    private Polynomial() {}

    /** A random irreducible polynomial of degree 53. */
    public static long random(RandomGenerator random) {
        while (true) {
            long candidate = (random.nextLong() & ((1L << (DEGREE + 1)) - 1)) | (1L << DEGREE) | 1;
            if (isIrreducible(candidate)) {
                return candidate;
            }
        }
    }

    /** Ben-Or's test: no factor of degree i divides x^(2^i) - x, for i up to half the degree. */
    public static boolean isIrreducible(long polynomial) {
        int degree = degree(polynomial);
        if (degree < 1) {
            return false;
        }
        long power = mod(2, polynomial);
        for (int i = 1; i <= degree / 2; i++) {
            power = multiplyMod(power, power, polynomial);
            if (gcd(polynomial, power ^ 2) != 1) {
                return false;
            }
        }
        return true;
    }

    /** The degree; -1 for zero. */
    public static int degree(long polynomial) {
        return 63 - Long.numberOfLeadingZeros(polynomial);
    }

    static long mod(long value, long polynomial) {
        int degree = degree(polynomial);
        long rest = value;
        for (int d = degree(rest); d >= degree; d = degree(rest)) {
            rest ^= polynomial << (d - degree);
        }
        return rest;
    }

    private static long multiplyMod(long a, long b, long polynomial) {
        long high = 1L << degree(polynomial);
        long shifted = mod(a, polynomial);
        long product = 0;
        for (long rest = b; rest != 0; rest >>>= 1) {
            if ((rest & 1) != 0) {
                product ^= shifted;
            }
            shifted <<= 1;
            if ((shifted & high) != 0) {
                shifted ^= polynomial;
            }
        }
        return product;
    }

    private static long gcd(long a, long b) {
        long x = a;
        long y = b;
        while (y != 0) {
            long rest = mod(x, y);
            x = y;
            y = rest;
        }
        return x;
    }
}

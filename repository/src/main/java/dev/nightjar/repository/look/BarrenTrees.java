package dev.nightjar.repository.look;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Id;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Remembers where a search found nothing, in 16 MiB: each place for half a hash has room for one, and a newer one takes the
 * room of an older, which then only costs another look.
 */
final class BarrenTrees {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int PLACES = 1 << 20;

    private final long[] hashes = new long[2 * PLACES];
    private final MessageDigest sha;

    BarrenTrees() {
        try {
            this.sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** In this tree, at this path, there is nothing to find. */
    void add(Id tree, BytePath path) {
        byte[] hash = hash(tree, path);
        int at = place(hash);
        hashes[at] = (long) LONG.get(hash, 8);
        hashes[at + 1] = (long) LONG.get(hash, 16);
    }

    boolean contains(Id tree, BytePath path) {
        byte[] hash = hash(tree, path);
        int at = place(hash);
        return hashes[at] == (long) LONG.get(hash, 8) && hashes[at + 1] == (long) LONG.get(hash, 16);
    }

    private byte[] hash(Id tree, BytePath path) {
        sha.update(tree.bytes());
        return sha.digest(path.bytes());
    }

    private static int place(byte[] hash) {
        return 2 * ((int) (long) LONG.get(hash, 0) & (PLACES - 1));
    }
}

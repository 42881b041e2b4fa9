package dev.nightjar.feed;

import dev.nightjar.linux.BytePath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A root is not as it was, and only its owner can say whether that is meant (C17). Its rows stay until it is as it was
 * again, which closes the question, or until somebody says yes: {@link ChangeFeed#accept}.
 *
 * @param root the one in question
 * @param state what became of it
 * @param files that the catalog has below it
 * @param since when it was first seen so
 * @param answered whether the answer was yes and nobody has watched since: the next feed that starts will act on it
 */
public record Question(BytePath root, RootState state, long files, Instant since, boolean answered) {
    private static final int ID_BYTES = 4;

    /** Eight hexadecimal digits, made of what it asks: the same in every process, another one for another question. */
    public String id() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(root.bytes());
            digest.update((byte) 0);
            digest.update(state.name().getBytes(StandardCharsets.US_ASCII));
            digest.update(ByteBuffer.allocate(Long.BYTES).putLong(files).flip());
            return HexFormat.of().formatHex(digest.digest(), 0, ID_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Whether yes is an answer. What is gone as a whole can only be put back, or made anew. */
    public boolean canBeMeant() {
        return state == RootState.EMPTIED || state == RootState.FILESYSTEM_CHANGED;
    }

    /** What became of the root, as a sentence without its end. */
    public String words() {
        String held = String.format(Locale.ROOT, "; it held %,d file%s", files, files == 1 ? "" : "s");
        return switch (state) {
            case PRESENT -> root + " is there";
            case NEW -> root + " was not looked at yet";
            case GONE -> root + " is gone" + held;
            case EMPTIED -> root + " is empty now" + held;
            case FILESYSTEM_CHANGED -> root + " is on another filesystem than it was" + held;
            case UNREADABLE -> root + " cannot be read";
        };
    }
}

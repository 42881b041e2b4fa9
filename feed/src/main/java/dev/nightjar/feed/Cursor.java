package dev.nightjar.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in one catalog's history (C7).
 *
 * @param catalog identity of the catalog, and of the stretch of its life in which the cursor was made
 * @param sequence everything up to this is known to the holder
 * @param selection hash of the selection
 */
public record Cursor(String catalog, long sequence, String selection) {
    private static final Pattern TEXT = Pattern.compile("nj1:([0-9a-f]{1,64}):([0-9]{1,18}):([0-9a-zA-Z]{1,64})");

    /** The text form, {@code nj1:catalog:sequence:selection}. */
    public String text() {
        return "nj1:" + catalog + ":" + sequence + ":" + selection;
    }

    /**
     * Reads the text form.
     *
     * @throws FeedException if it is not one
     */
    public static Cursor parse(String text) throws FeedException {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new FeedException(
                    "this is not a cursor: " + text,
                    "a cursor looks like nj1:4f2a0c11:88123:9e107d9d",
                    "ask once without a cursor; the answer ends with one");
        }
        return new Cursor(matcher.group(1), Long.parseLong(matcher.group(2)), matcher.group(3));
    }

    @Override
    public String toString() {
        return text();
    }
}

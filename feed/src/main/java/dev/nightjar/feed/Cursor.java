package dev.nightjar.feed;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in one catalog's history (C7).
 *
 * @param catalog identity of the catalog, and of the stretch of its life in which the cursor was made
 * @param sequence everything up to this is known to the holder
 * @param selection hash of the selection
 * @param floor 0, but within a listing from the beginning: names that ceased up to this sequence are none of its holder's,
 *     who was told of what is there under the names of that time
 */
public record Cursor(String catalog, long sequence, String selection, long floor) {
    private static final Pattern TEXT =
            Pattern.compile("nj1:([0-9a-f]{1,64}):([0-9]{1,18}):([0-9a-zA-Z]{1,64})(?::([0-9]{1,18}))?");

    /** A cursor that is not within a listing from the beginning. */
    public Cursor(String catalog, long sequence, String selection) {
        this(catalog, sequence, selection, 0);
    }

    /** The text form, {@code nj1:catalog:sequence:selection}, followed by {@code :floor} where there is one. */
    public String text() {
        return "nj1:" + catalog + ":" + sequence + ":" + selection + (floor == 0 ? "" : ":" + floor);
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
        String floor = matcher.group(4);
        return new Cursor(
                matcher.group(1),
                Long.parseLong(matcher.group(2)),
                matcher.group(3),
                floor == null ? 0 : Long.parseLong(floor));
    }

    @Override
    public String toString() {
        return text();
    }
}

package dev.nightjar.feed.selection;

import org.jspecify.annotations.Nullable;

/**
 * Whether a name is part of the selection, and which rule says so.
 *
 * @param included whether it is part of the selection
 * @param reason the rule that decided, such as {@code .nightjarignore:3 `*.tmp`}; null when no rule matched
 */
public record Verdict(boolean included, @Nullable String reason) {
    static final Verdict NO_RULE = new Verdict(true, null);

    /** The verdict as a clause: "left out by .nightjarignore:3 `*.tmp`", "kept by …", "part of the selection". */
    public String sentence() {
        if (reason == null) {
            return included ? "part of the selection" : "left out";
        }
        return (included ? "kept by " : "left out by ") + reason;
    }
}

package dev.nightjar.feed.catalog;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;

/**
 * A name that ceased.
 *
 * @param parent row of the directory it was in
 * @param entry row of what had the name
 * @param created sequence in which that row was made
 * @param directory whether it was a directory
 * @param path of the name when it ceased
 */
record Gone(
        long parent,
        Name name,
        long entry,
        long sequence,
        long created,
        GoneKind kind,
        boolean directory,
        BytePath path) {
    /** Whether this ends a stretch without a name, instead of a name. */
    boolean isNameless() {
        return parent < 0;
    }

    /** Where the entry was. */
    NamesThen.Location location() {
        return new NamesThen.Location(parent, name);
    }
}

package dev.nightjar.feed.watch;

import dev.nightjar.linux.Handle;
import dev.nightjar.linux.Name;
import org.jspecify.annotations.Nullable;

/**
 * Something about a name in a directory may have changed.
 *
 * @param place the directory; null when only the file is known
 * @param name null is the directory itself
 * @param fsid the filesystem as fanotify names it, else 0
 * @param target the file's own handle
 * @param to of a rename the directory it went to, else null
 * @param toName of a rename the new name
 */
public record Event(
        @Nullable Place place,
        @Nullable Name name,
        int bits,
        long fsid,
        @Nullable Handle target,
        @Nullable Place to,
        @Nullable Name toName) {
    /** About a name, without more. */
    public static Event of(Place place, @Nullable Name name, int bits) {
        return new Event(place, name, bits, 0, null, null, null);
    }
}

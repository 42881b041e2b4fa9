package dev.nightjar.linux;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Where a directory was when it was opened, for messages. A chain, so that opening a directory copies no path. */
record Place(@Nullable Place parent, byte[] name) {
    static Place of(BytePath path) {
        return new Place(null, path.rawBytes());
    }

    Place below(Name child) {
        return new Place(this, child.rawBytes());
    }

    @Override
    public String toString() {
        Deque<byte[]> names = new ArrayDeque<>();
        for (Place place = this; place != null; place = place.parent) {
            names.push(place.name);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte last = '/';
        for (byte[] part : names) {
            if (part.length == 0) {
                continue;
            }
            if (last != '/') {
                out.write('/');
            }
            out.writeBytes(part);
            last = part[part.length - 1];
        }
        return out.size() == 0 ? "." : out.toString(StandardCharsets.UTF_8);
    }
}

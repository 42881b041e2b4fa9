package dev.nightjar.feed.scan;

import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Reads the files in a directory that speak about what is part of the selection. Any thread. */
public final class RuleFiles {
    private static final int MOST = 1 << 20;

    private final Selection selection;

    /** For a selection. */
    public RuleFiles(Selection selection) {
        this.selection = selection;
    }

    /** Whether a name is one that speaks about the selection. */
    public boolean speaks(Name name) {
        return name.equals(Selection.IGNORE_FILE)
                || (selection.rules().excludeCaches() && name.equals(Selection.CACHE_TAG));
    }

    /** The rules of a root. */
    public DirectoryRules root(BytePath path, Directory directory) throws LinuxException {
        return selection.judgeRoot(path, ignoreFile(directory), cacheTag(directory));
    }

    /** The rules of a directory in another. */
    public DirectoryRules enter(DirectoryRules above, Name name, Directory directory) throws LinuxException {
        return above.enter(name, ignoreFile(directory), cacheTag(directory));
    }

    private static byte @Nullable [] ignoreFile(Directory directory) throws LinuxException {
        return read(directory, Selection.IGNORE_FILE, MOST);
    }

    private boolean cacheTag(Directory directory) throws LinuxException {
        if (!selection.rules().excludeCaches()) {
            return false;
        }
        byte[] head = read(directory, Selection.CACHE_TAG, Selection.CACHE_SIGNATURE_LENGTH);
        return head != null && Selection.isCacheTag(head);
    }

    private static byte @Nullable [] read(Directory directory, Name name, int most) throws LinuxException {
        Stat stat = directory.statOrNull(name);
        if (stat == null || stat.type() != FileType.FILE) {
            return null;
        }
        try (OpenFile file = directory.openFile(name)) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            byte[] buffer = new byte[Math.min(most, 8192)];
            int read = file.read(buffer, 0, buffer.length);
            while (read > 0 && bytes.size() < most) {
                bytes.write(buffer, 0, Math.min(read, most - bytes.size()));
                read = file.read(buffer, 0, buffer.length);
            }
            return bytes.toByteArray();
        } catch (LinuxException e) {
            // One that cannot be read says nothing; what it would leave out is kept, which loses no data.
            return null;
        }
    }
}

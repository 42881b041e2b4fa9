package dev.nightjar.feed.capture;

import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.FilesystemBook;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** The catalog's numbers of filesystems. */
final class FilesystemIds {
    private final CatalogStore store;
    private final FilesystemBook book;
    private final Map<String, Long> byIdentity = new HashMap<>();

    FilesystemIds(CatalogStore store, FilesystemBook book) {
        this.store = store;
        this.book = book;
    }

    /** By device number; one of which no directory was opened has no better name than that number. */
    long byDevice(long device) throws SQLException {
        FilesystemBook.Filesystem known = book.byDevice(device);
        return known == null ? id(0, "device:" + Long.toHexString(device)) : id(known.type(), known.identity());
    }

    /** By what fanotify calls it, 0 if that is unknown. */
    long byFsid(long fsid) throws SQLException {
        FilesystemBook.Filesystem known = book.byFsid(fsid);
        return known == null ? 0 : id(known.type(), known.identity());
    }

    private long id(long type, String identity) throws SQLException {
        Long known = byIdentity.get(identity);
        if (known == null) {
            known = store.filesystem(type, identity);
            byIdentity.put(identity, known);
        }
        return known;
    }
}

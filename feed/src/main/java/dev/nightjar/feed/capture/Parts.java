package dev.nightjar.feed.capture;

import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.scan.FilesystemBook;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.scan.Safeguard;
import java.time.InstantSource;
import java.util.Set;
import java.util.function.LongSupplier;

/** What the parts of the capture share. */
record Parts(
        CatalogStore store,
        Directories directories,
        Roots roots,
        FilesystemIds filesystemIds,
        FilesystemBook filesystems,
        Looking looking,
        RuleFiles ruleFiles,
        Borders borders,
        LongSupplier stamps,
        InstantSource clock,
        Set<Safeguard> safeguards) {}

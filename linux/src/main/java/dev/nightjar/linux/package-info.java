/**
 * Linux as Java sees it: files, directories, stat, extended attributes, change events, file handles and mounts, through
 * {@code java.lang.foreign} to libc.
 *
 * <p>Start from {@link dev.nightjar.linux.Directory} (an open directory, to which all file access is relative) and
 * {@link dev.nightjar.linux.Name} (one path component, as bytes). Names are bytes, end to end: whatever the kernel
 * accepts is carried through bit for bit.
 *
 * <p>A call that the kernel refuses becomes a {@link dev.nightjar.linux.LinuxException} of the matching kind, which names
 * the call and the file.
 *
 * <p>Threads: values are immutable and may be shared. A {@code Directory}, an {@code OpenFile} or an event queue may be
 * used by several threads, as long as nobody uses it while or after it is closed. Calls block the platform thread they are
 * made on (a virtual thread would hold its carrier), and are never interrupted; event queues have {@code wake()}.
 */
@NullMarked
package dev.nightjar.linux;

import org.jspecify.annotations.NullMarked;

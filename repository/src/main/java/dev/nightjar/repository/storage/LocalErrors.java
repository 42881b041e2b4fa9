package dev.nightjar.repository.storage;

import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.StorageException.Kind;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** Says what kind of refusal an exception of java.nio is. It knows the system's words only, not its numbers. */
final class LocalErrors {
    private LocalErrors() {}

    static RepositoryException classify(String what, Path repository, IOException e) {
        if (e instanceof RepositoryException known) {
            return known;
        }
        String words = words(e);
        Kind kind = kind(e);
        return switch (kind) {
            case NO_SPACE ->
                new StorageException(
                        kind,
                        repository + " is full",
                        what + " (" + words + "). Nothing half-written was left.",
                        "make room there, then go on as before",
                        e);
            case DENIED ->
                new StorageException(kind, what, words, "look at the owner and the mode of " + repository, e);
            case TRANSIENT ->
                new StorageException(
                        kind, what, words, "nothing; it is tried again when " + repository + " is back", e);
            case NOT_FOUND -> new StorageException(kind, what, "it is not there (" + words + ")", "", e);
            case CACHE, OTHER ->
                new StorageException(
                        kind, what, words, isTaken(e) ? "take another directory" : "look at the disk: dmesg", e);
        };
    }

    /** What ended a listing. */
    static IOException cause(DirectoryIteratorException e) {
        IOException cause = e.getCause();
        return cause == null ? new IOException(e) : cause;
    }

    private static Kind kind(IOException e) {
        if (e instanceof NoSuchFileException || says(e, "Not a directory")) {
            return Kind.NOT_FOUND;
        }
        if (e instanceof AccessDeniedException
                || says(e, "Permission denied")
                || says(e, "Operation not permitted")
                || says(e, "Read-only file system")) {
            return Kind.DENIED;
        }
        if (says(e, "No space left on device") || says(e, "Disk quota exceeded")) {
            return Kind.NO_SPACE;
        }
        for (String passing : new String[] {
            "Stale file handle", "Host is down", "No route to host", "Connection timed out", "Transport endpoint"
        }) {
            if (says(e, passing)) {
                return Kind.TRANSIENT;
            }
        }
        return Kind.OTHER;
    }

    static boolean says(IOException e, String words) {
        return words(e).contains(words);
    }

    private static boolean isTaken(IOException e) {
        return e instanceof FileAlreadyExistsException || e instanceof NotDirectoryException;
    }

    private static String words(IOException e) {
        if (e instanceof FileSystemException f && f.getReason() != null) {
            return f.getReason();
        }
        if (e instanceof NoSuchFileException) {
            return "No such file or directory";
        }
        if (e instanceof AccessDeniedException) {
            return "Permission denied";
        }
        if (isTaken(e)) {
            return "there is a file of this name";
        }
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }
}

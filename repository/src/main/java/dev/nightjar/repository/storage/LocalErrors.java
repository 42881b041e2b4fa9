package dev.nightjar.repository.storage;

import dev.nightjar.linux.ErrorText;
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

/**
 * Says what kind of refusal an exception of java.nio is. It has the system's words only, not its numbers, and the words are
 * of the user's language; so they are compared with what the system says for each number.
 */
final class LocalErrors {
    private static final int EPERM = 1;
    private static final int EIO = 5;
    private static final int EACCES = 13;
    private static final int ENOTDIR = 20;
    private static final int ENOSPC = 28;
    private static final int EROFS = 30;
    private static final int EDQUOT = 122;

    /** ENOTCONN, ESHUTDOWN, ETIMEDOUT, EHOSTDOWN, EHOSTUNREACH, ESTALE: a network filesystem that has lost its server. */
    private static final int[] PASSING = {107, 108, 110, 112, 113, 116};

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
            case INPUT_OUTPUT, CACHE, OTHER ->
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
        if (e instanceof NoSuchFileException || says(e, ENOTDIR)) {
            return Kind.NOT_FOUND;
        }
        if (e instanceof AccessDeniedException || says(e, EACCES) || says(e, EPERM) || says(e, EROFS)) {
            return Kind.DENIED;
        }
        if (says(e, ENOSPC) || says(e, EDQUOT)) {
            return Kind.NO_SPACE;
        }
        for (int passing : PASSING) {
            if (says(e, passing)) {
                return Kind.TRANSIENT;
            }
        }
        return says(e, EIO) ? Kind.INPUT_OUTPUT : Kind.OTHER;
    }

    /** Whether this is the error of that number. */
    static boolean says(IOException e, int errno) {
        return words(e).contains(ErrorText.of(errno));
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

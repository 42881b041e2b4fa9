package dev.nightjar.repository.format;

import java.security.GeneralSecurityException;

/** Bytes were not sealed with this key, or were changed since. */
public final class TagMismatchException extends GeneralSecurityException {
    TagMismatchException() {
        super("ciphertext verification failed");
    }
}

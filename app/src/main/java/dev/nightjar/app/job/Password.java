package dev.nightjar.app.job;

/**
 * A password and where it came from.
 *
 * @param bytes as the repository's key takes them
 * @param note what is remarkable about how it was read, for the message when it does not fit; may be empty
 */
public record Password(byte[] bytes, PasswordSource source, String note) {}

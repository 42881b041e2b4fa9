package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.feed.FeedException;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.NoRepositoryException;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.WrongPasswordException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

final class ErrorsTest {
    static Stream<Arguments> errors() {
        return Stream.of(
                Arguments.of(new NoRepositoryException("no repository at /r", "empty", "init"), 10, "no-repository"),
                Arguments.of(new WrongPasswordException("wrong", "", "", 1), 12, "wrong-password"),
                Arguments.of(new CorruptException("pack x", "bad"), 1, "corrupt"),
                Arguments.of(storage(StorageException.Kind.NO_SPACE), 1, "target-full"),
                Arguments.of(storage(StorageException.Kind.DENIED), 1, "target-denied"),
                Arguments.of(storage(StorageException.Kind.TRANSIENT), 75, "target-away"),
                Arguments.of(storage(StorageException.Kind.OTHER), 1, "target"),
                Arguments.of(storage(StorageException.Kind.CACHE), 1, "state"),
                Arguments.of(FeedException.catalog(Path.of("/s/catalog.db"), full()), 1, "no-space"),
                Arguments.of(FeedException.catalog(Path.of("/s/catalog.db"), new SQLException("x")), 1, "feed"),
                Arguments.of(new FileAlreadyExistsException("/x"), 1, "exists"),
                Arguments.of(new FeedException("locked", "another process", ""), 1, "feed"),
                Arguments.of(new NoSuchFileException("/x"), 1, "not-found"),
                Arguments.of(new AccessDeniedException("/x"), 1, "denied"),
                Arguments.of(new FileSystemException("/x", null, "No space left on device"), 1, "no-space"),
                Arguments.of(new IOException("No space left on device"), 1, "no-space"),
                Arguments.of(new InterruptedException(), 130, "interrupted"),
                Arguments.of(new IllegalStateException("x"), 1, "unexpected"));
    }

    private static SQLException full() {
        return new SQLiteException("database or disk is full", SQLiteErrorCode.SQLITE_FULL);
    }

    private static StorageException storage(StorageException.Kind kind) {
        return new StorageException(kind, "what", "why", "do", null);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void haveACodeAWordAndThreeParts(Exception thrown, int code, String word) {
        ErrorMessage error = Errors.explain(thrown);
        assertThat(error.exitCode().code()).isEqualTo(code);
        assertThat(error.word()).isEqualTo(word);
        assertThat(error.lines().getFirst()).startsWith("nightjar: ");
        assertThat(Topics.text("errors")).contains("  " + word);
    }
}

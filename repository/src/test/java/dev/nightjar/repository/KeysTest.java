package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.storage.RecordingStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords come and go, and one that is known always opens the repository. */
final class KeysTest {
    private static final byte[] NEW = "neu".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    private boolean opens(RecordingStorage storage, byte[] password) throws RepositoryException {
        try (Repository _ = Repository.open(storage, password, TestRepository.context(directory))) {
            return true;
        } catch (WrongPasswordException _) {
            return false;
        }
    }

    @Test
    void afterEveryStepOfAChangeAPasswordOpensIt() throws Exception {
        RecordingStorage storage = new RecordingStorage();
        int before;
        List<Integer> handedOver = new ArrayList<>();
        try (Repository repository = TestRepository.init(storage, TestRepository.context(directory))) {
            before = storage.operations().size();
            repository
                    .keys()
                    .replace(NEW, () -> handedOver.add(storage.operations().size()));
            assertThat(repository.keys().list()).hasSize(1).allMatch(Keys.Key::current);
        }
        assertThat(handedOver).hasSize(1);
        int handover = handedOver.getFirst();
        for (int step = before; step <= storage.operations().size(); step++) {
            RecordingStorage past = storage.after(step);
            // Before the handover the old one is what is known; after it, the new.
            assertThat(step > handover || opens(past, TestRepository.PASSWORD)).isTrue();
            assertThat(step < handover || opens(past, NEW)).isTrue();
        }
        assertThat(opens(storage, TestRepository.PASSWORD)).isFalse();
    }

    @Test
    void aHandoverThatFailsLeavesBoth() throws Exception {
        RecordingStorage storage = new RecordingStorage();
        try (Repository repository = TestRepository.init(storage, TestRepository.context(directory))) {
            assertThatThrownBy(() -> repository.keys().replace(NEW, () -> {
                        throw new IOException("no room for the password");
                    }))
                    .isInstanceOf(IOException.class);
        }
        assertThat(opens(storage, TestRepository.PASSWORD)).isTrue();
        assertThat(opens(storage, NEW)).isTrue();
    }

    @Test
    void theKeyInUseStays() throws Exception {
        RecordingStorage storage = new RecordingStorage();
        try (Repository repository = TestRepository.init(storage, TestRepository.context(directory))) {
            Id other = repository.keys().add(NEW);
            Id current = repository.keys().list().stream()
                    .filter(Keys.Key::current)
                    .map(Keys.Key::id)
                    .findFirst()
                    .orElseThrow();
            assertThatThrownBy(() -> repository.keys().remove(current))
                    .isInstanceOf(UnsupportedRepositoryException.class)
                    .hasMessageContaining("in use");
            repository.keys().remove(other);
        }
        assertThat(opens(storage, TestRepository.PASSWORD)).isTrue();
        assertThat(opens(storage, NEW)).isFalse();
    }

    @Tag("restic")
    @Test
    void resticOpensWithANewPasswordAndWeWithResticsKeys() throws Exception {
        Restic restic = new Restic(directory.resolve("repo"));
        restic.run("init");
        byte[] third = "drei".getBytes(StandardCharsets.UTF_8);
        try (Repository repository = TestRepository.open(directory)) {
            repository.keys().replace(NEW, () -> {});
            Id back = repository.keys().add(TestRepository.PASSWORD);
            assertThat(restic.run("key", "list")).contains("*" + back.shortHex());
            Path file = java.nio.file.Files.write(directory.resolve("third"), third);
            restic.run(
                    "key",
                    "add",
                    "--new-password-file",
                    Objects.requireNonNull(file).toString());
            assertThat(repository.keys().list()).hasSize(3);
        }
        try (Repository repository = Repository.open(
                new dev.nightjar.repository.storage.LocalStorage(directory.resolve("repo")),
                third,
                TestRepository.context(directory))) {
            assertThat(repository.keys().list()).filteredOn(Keys.Key::current).hasSize(1);
        }
    }
}

package dev.nightjar.repository.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Restic;
import dev.nightjar.repository.TestRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories that restic wrote, in both versions, after forget and prune. */
@Tag("restic")
final class ResticCheckTest {

    @TempDir
    Path directory;

    @Test
    void whatResticCallsSoundIsSound() throws Exception {
        for (String version : List.of("1", "2")) {
            Path place = Files.createDirectory(directory.resolve("v" + version));
            Path source = Files.createDirectory(place.resolve("source"));
            Restic restic = new Restic(place.resolve("repo"));
            restic.run("init", "--repository-version", version);
            for (int round = 0; round < 3; round++) {
                byte[] content = new byte[1_500_000];
                new Random(round).nextBytes(content);
                Files.write(source.resolve("f" + round), content);
                Files.write(source.resolve("changing"), new byte[round * 1000]);
                restic.run("backup", source.toString());
            }
            restic.run("forget", "--keep-last", "1", "--prune");
            try (Repository repository = TestRepository.open(place)) {
                CheckReport report = new Checker(repository).check(true, CheckListener.NONE);
                assertThat(report.errors()).isEmpty();
                assertThat(report.hints()).isEmpty();
                assertThat(report.snapshots()).isEqualTo(1);
                assertThat(report.files()).isEqualTo(4);
            }
        }
    }
}

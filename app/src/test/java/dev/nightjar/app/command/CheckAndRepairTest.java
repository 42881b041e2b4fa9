package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From damage to a repository that is whole again, by what the commands themselves say. */
final class CheckAndRepairTest {
    @TempDir
    Path place;

    private Cli cli = new Cli(Path.of("/"));
    private Path repository = Path.of("/");
    private Path large = Path.of("/");

    @BeforeEach
    void save() throws IOException {
        Path here = place.toRealPath();
        cli = new Cli(here).with("RESTIC_PASSWORD", "geheim");
        repository = here.resolve("repo");
        large = Files.createDirectories(here.resolve("src/a")).resolve("large");
        byte[] content = new byte[600_000];
        new Random(7).nextBytes(content);
        Files.write(large, content);
        Files.writeString(here.resolve("src/small"), "small");
        assertThat(cli.run("init", "--to", "repo").code()).isZero();
        Cli.Outcome saved = cli.run("backup", "src", "--to", "repo");
        assertThat(saved.code()).as(saved.err()).isZero();
    }

    private Path largestPack() throws IOException {
        try (Stream<Path> all = Files.walk(repository.resolve("data"))) {
            return all.filter(Files::isRegularFile)
                    .max(Comparator.comparingLong(file -> file.toFile().length()))
                    .orElseThrow();
        }
    }

    @Test
    void aFlippedBitIsNamedAndMended() throws IOException {
        Path pack = largestPack();
        byte[] bad = Files.readAllBytes(pack);
        bad[bad.length / 2] ^= 1;
        assertThat(pack.toFile().setWritable(true)).isTrue();
        Files.write(pack, bad);
        String id = pack.getFileName().toString().substring(0, 8);
        Cli.Outcome check = cli.run("check", "--read-data", "-r", "repo");
        assertThat(check.code()).isEqualTo(1);
        assertThat(check.out())
                .contains("pack " + id + ": ")
                .contains("affected: " + large)
                .contains("in 1 snapshot: ")
                .contains("Do:  nightjar repair packs " + id);
        JsonObject error = JsonObject.parse(cli.run("check", "--read-data", "-r", "repo", "--json")
                .out()
                .lines()
                .findFirst()
                .orElseThrow());
        assertThat(error.type()).isEqualTo("error");
        assertThat(error.objects("affected").getFirst().path("path")).isEqualTo(large.toString());
        assertThat(error.objects("snapshots").getFirst().has("hostname")).isTrue();

        Cli.Outcome refused = cli.run("repair", "packs", id, "-r", "repo");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).contains("nothing was repaired").contains("-y");
        assertThat(pack).exists();
        Cli.Outcome packs = cli.run("repair", "packs", id, "-r", "repo", "-y");
        assertThat(packs.code()).as(packs.err()).isZero();
        assertThat(packs.out()).contains("1 blob could not be read").contains("nightjar backup");
        Cli.Outcome lost = cli.run("repair", "snapshots", "-n", "-r", "repo");
        assertThat(lost.code()).isZero();
        assertThat(lost.out()).contains("Would leave out 1 path").contains(large.toString());

        assertThat(cli.run("backup", "src", "--to", "repo").code()).isZero();
        assertThat(cli.run("check", "--read-data", "-r", "repo").out()).contains("Nothing is wrong");
        assertThat(cli.run("repair", "snapshots", "-r", "repo").out()).contains("has lost anything");
        assertThat(cli.run("repair", "index", "-r", "repo").out()).contains("is right as it is");
    }

    @Test
    void aPackThatIsGoneLeavesTheIndexAndTheSnapshots() throws IOException {
        Files.delete(largestPack());
        assertThat(cli.run("check", "-r", "repo").out()).contains("nightjar repair index");
        assertThat(cli.run("repair", "index", "-n", "-r", "repo").out()).contains("Would put right");
        assertThat(cli.run("repair", "index", "-r", "repo").out()).contains("1 pack that is gone");
        Cli.Outcome done = cli.run("repair", "snapshots", "--forget", "-y", "-r", "repo");
        assertThat(done.code()).as(done.err()).isZero();
        assertThat(done.out()).contains(large.toString()).contains("; repaired as ");
        assertThat(cli.run("check", "-r", "repo").out()).contains("Nothing is wrong");
        assertThat(cli.run("snapshots", "-r", "repo", "--json").out()).contains("\"tags\":[\"repaired\"]");
    }

    @Test
    void aPartOfTheDataIsRead() {
        long all = 0;
        for (int part = 1; part <= 3; part++) {
            all += summary("--read-data-subset", part + "/3").number("packs_read", -1);
        }
        assertThat(all).isEqualTo(summary("--read-data").number("packs_read", -1));
        assertThat(summary("--read-data-subset", "1%").number("packs_read", -1)).isEqualTo(1);
        assertThat(summary("--read-data-subset", "1G").number("packs_read", -1)).isEqualTo(all);
        assertThat(summary().number("packs_read", -1)).isZero();
        for (String wrong : new String[] {"0/3", "4/3", "1/257", "0%", "101%", "x", "", "-5M", "9999999T", "1/", "%"}) {
            Cli.Outcome refused = cli.run("check", "-r", "repo", "--read-data-subset", wrong);
            assertThat(refused.code()).as(wrong).isEqualTo(2);
            assertThat(refused.err()).as(wrong).contains("--read-data-subset").contains("Do:");
        }
    }

    private JsonObject summary(String... flags) {
        String[] line = Stream.concat(Stream.of("check", "--json", "-r", "repo"), Stream.of(flags))
                .toArray(String[]::new);
        return JsonObject.parse(
                cli.run(line).out().lines().reduce((_, last) -> last).orElseThrow());
    }
}

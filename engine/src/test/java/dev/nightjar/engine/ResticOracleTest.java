package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Xattr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What restic says of what we write. */
@Tag("restic")
class ResticOracleTest {
    @TempDir
    Path base;

    private House house;

    @BeforeEach
    void build() throws IOException {
        house = new House(base);
    }

    @AfterEach
    void leave() throws IOException {
        house.close();
    }

    /** Everything but what restic 0.14 is known to lose. */
    private void fill() throws IOException {
        Random random = new Random(3);
        house.write("plain", "text");
        house.write("empty", "");
        house.write("deep/er/and/deeper", "x".repeat(10_000));
        house.write("names/with \"quotes\" & <tags>", "1");
        house.write("names/line\nbreak", "2");
        house.write("names/\u00e4\u00f6\u00fc \ud83d\ude80 \u200d", "3");
        byte[] large = new byte[5 << 20];
        random.nextBytes(large);
        Files.write(house.source.resolve("large"), large);
        Files.createSymbolicLink(house.source.resolve("link"), Path.of("deep/er"));
        Files.createLink(house.source.resolve("hard"), house.source.resolve("plain"));
        Files.setPosixFilePermissions(house.source.resolve("plain"), PosixFilePermissions.fromString("rwxr-x--x"));
        Files.setLastModifiedTime(
                house.source.resolve("deep/er"), FileTime.from(Instant.parse("1999-12-31T23:59:59.123456789Z")));
        try (Directory directory = Directory.open(BytePath.of(house.source.toString()))) {
            directory
                    .createFile(Name.of(new byte[] {'r', 'a', 'w', (byte) 0xff, (byte) 0xfe}), 0644)
                    .close();
            directory.makeNode(Name.of("pipe"), 0010644, 0);
            directory.makeDirectory(Name.of("sticky"), 0777);
            directory.setMode(Name.of("sticky"), 01777);
            directory.setXattr(Name.of("empty"), new Xattr("user.note", new byte[] {1, 2, 0, 3}));
        }
    }

    @Test
    void resticChecksRestoresAndContinuesOurSnapshots() throws Exception {
        fill();
        CommitReport.Committed first = house.commit();
        house.restic().check();
        house.resticFindsNothingNew();
        house.resticRestoresTheSource(first);

        house.write("deep/er/and/more", "more");
        house.write("empty", "no longer");
        Files.delete(house.source.resolve("hard"));
        Files.move(house.source.resolve("sticky"), house.source.resolve("deep/sticky"));
        CommitReport.Committed second = house.commit();
        house.restic().check();
        house.resticFindsNothingNew();
        house.resticRestoresTheSource(second);
        assertThat(resticDiff(first, second))
                .containsExactlyInAnyOrder("+ deep/er/and/more", "M empty", "- hard", "- sticky/", "+ deep/sticky/");
    }

    /** What restic says changed between two snapshots: a sign and the path below the source. */
    private List<String> resticDiff(CommitReport.Committed one, CommitReport.Committed other) throws Exception {
        String said = house.restic()
                .run("diff", one.snapshot().hex(), other.snapshot().hex());
        Pattern line = Pattern.compile("^(\\S+) +" + Pattern.quote(house.source + "/") + "(.*)$", Pattern.MULTILINE);
        return line.matcher(said)
                .results()
                .map(found -> found.group(1) + " " + found.group(2))
                .toList();
    }

    @Test
    void afterForgetAndPruneEverythingIsThereAgain() throws Exception { // C14b
        fill();
        CommitReport.Committed first = house.commit();
        house.restic().run("forget", "--prune", first.snapshot().hex());
        house.write("plain", "changed");
        CommitReport.Committed second = house.commit();
        assertThat(second.parent()).isNull();
        house.restic().check();
        house.resticFindsNothingNew();
    }

    @Test
    void afterForgetAndPruneOfAllButOneTheRestIsReadAgain() throws Exception { // C14b
        fill();
        house.commit();
        Files.delete(house.source.resolve("large"));
        house.commit();
        house.restic().run("forget", "--prune", "--keep-last", "1", "--host", "testhost");
        house.write("plain", "changed");
        CommitReport.Committed third = house.commit();
        assertThat(third.work().filesRead()).isEqualTo(2);
        house.restic().check();
    }
}

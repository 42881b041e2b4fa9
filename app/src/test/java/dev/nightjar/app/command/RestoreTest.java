package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Getting files back by their path, and what a restore takes, leaves and says. C18: never overwrites without being told. */
final class RestoreTest {
    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));
    private static final FileTime LATER = FileTime.from(Instant.parse("2021-01-01T00:00:00Z"));

    @TempDir
    Path temporary;

    private Path place = Path.of("/");
    private Path documents = place;
    private Cli cli = new Cli(place);

    @BeforeEach
    void aSourceAndARepository() throws IOException {
        place = temporary.toRealPath();
        documents = place.resolve("documents");
        cli = new Cli(place);
        Files.createDirectory(documents);
        Files.writeString(place.resolve("password"), "geheim\n");
        write("report.odt", "first", LONG_AGO);
        write("taxes/2025/summary.odt", "sums", LONG_AGO);
        write("taxes/2025/receipts.ods", "receipts", LONG_AGO);
        write("taxes/notes.txt", "notes", LONG_AGO);
        ended(cli.run("init", "--to", "repo", "-p", "password"), 0);
        backup();
    }

    private void write(String name, String content, FileTime time) throws IOException {
        Path file = documents.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
        Files.setLastModifiedTime(file, time);
    }

    private static Cli.Outcome ended(Cli.Outcome outcome, int code) {
        assertThat(outcome.code()).as(outcome.out() + outcome.err()).isEqualTo(code);
        assertThat(outcome.err()).doesNotContain("Exception", "\tat ");
        return outcome;
    }

    private void backup() {
        ended(cli.run("backup", "documents", "--to", "repo", "-p", "password"), 0);
    }

    private Cli.Outcome restore(String... arguments) {
        return ended(
                cli.run(Stream.concat(Stream.of("restore"), Stream.of(arguments))
                        .toArray(String[]::new)),
                0);
    }

    private List<JsonObject> snapshots() {
        return cli.run("snapshots", "--json")
                .out()
                .lines()
                .map(JsonObject::parse)
                .toList();
    }

    /** Every file below a directory, with its content. */
    private static SortedMap<String, String> files(Path directory) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                files.put(directory.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }

    @Test
    void whatIsGoneComesBackThoughBackupsWereMadeSince() throws Exception {
        Path taxes = documents.resolve("taxes");
        Files.setPosixFilePermissions(taxes, PosixFilePermissions.fromString("rwxr-x---"));
        backup();
        Map<String, String> before = files(documents);
        for (String name : before.keySet()) {
            if (name.startsWith("taxes")) {
                Files.delete(documents.resolve(name));
            }
        }
        Files.delete(documents.resolve("taxes/2025"));
        Files.delete(taxes);
        backup();
        backup();

        Cli.Outcome outcome = restore("documents/taxes/2025/summary.odt");

        assertThat(outcome.out()).startsWith("Restored 1 file, 4 B, in ").contains("All verified.", "From snapshot ");
        assertThat(taxes.resolve("2025/summary.odt")).hasContent("sums");
        assertThat(taxes.resolve("notes.txt")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(taxes)))
                .isEqualTo("rwxr-x---");
        restore(taxes.toString());
        assertThat(files(documents)).isEqualTo(before);
    }

    @Test
    void whatIsThereStaysAndTheOldVersionIsPutBesideIt() throws Exception {
        write("report.odt", "ruined", LATER);
        backup();
        write("taxes/2025/summary.odt", "other sums", LATER);
        Files.delete(documents.resolve("taxes/2025/receipts.ods"));

        restore("documents/report.odt", "documents/taxes");

        Map<String, String> files = files(documents);
        assertThat(files.entrySet().stream()
                        .map(entry ->
                                entry.getKey().replaceFirst("\\(\\d\\d? [A-Z][a-z]{2} \\d\\d\\.\\d\\d\\)", "(DATE)")
                                        + " " + entry.getValue()))
                .containsExactly(
                        "report (DATE).odt first",
                        "report.odt ruined",
                        "taxes/2025/receipts.ods receipts",
                        "taxes/2025/summary (DATE).odt sums",
                        "taxes/2025/summary.odt other sums",
                        "taxes/notes.txt notes");
        // Again: the old versions are beside them already.
        assertThat(restore("documents/report.odt", "documents/taxes").out()).startsWith("Restored 0 files");
        assertThat(files(documents)).isEqualTo(files);
    }

    @Test
    void somethingOfAnotherTypeStaysToo() throws Exception {
        Files.delete(documents.resolve("report.odt"));
        Files.createDirectory(documents.resolve("report.odt"));
        Files.writeString(documents.resolve("report.odt/in"), "mine");
        Files.move(documents.resolve("taxes"), place.resolve("elsewhere"));
        Files.createSymbolicLink(documents.resolve("taxes"), place.resolve("elsewhere"));

        restore("documents/report.odt", "documents/taxes");

        assertThat(documents.resolve("report.odt/in")).hasContent("mine");
        assertThat(documents.resolve("taxes")).isSymbolicLink();
        try (Stream<Path> all = Files.list(documents)) {
            List<String> names =
                    all.map(path -> path.getFileName().toString()).sorted().toList();
            assertThat(names).hasSize(4);
            assertThat(documents.resolve(names.getFirst())).hasContent("first");
            assertThat(files(documents.resolve(names.get(3)))).hasSize(3);
        }
        try (Stream<Path> all = Files.list(place.resolve("elsewhere"))) {
            assertThat(all).hasSize(2);
        }
    }

    @Test
    void ofATime() throws Exception {
        write("report.odt", "second", LATER);
        backup();
        write("report.odt", "third", LONG_AGO);
        String first = snapshots().getFirst().string("time");

        assertThat(restore("documents/report.odt", "--at", String.valueOf(first), "--into", "out")
                        .out())
                .contains("(the last of ");
        assertThat(place.resolve("out/report.odt")).hasContent("first");
        restore("documents/report.odt", "--at", "now", "--into", "later");
        assertThat(place.resolve("later/report.odt")).hasContent("second");

        Cli.Outcome early = ended(cli.run("restore", "documents/report.odt", "--at", "2020-02-03 04:05"), 1);
        assertThat(early.err())
                .contains("nothing was saved yet at Mon 3 Feb 2020 04:05", "The first snapshot of", "  Do:  nightjar");
        Cli.Outcome never = ended(cli.run("restore", "documents/never.odt", "--at", "now"), 1);
        assertThat(never.err()).contains("there was no", "never.odt");
        ended(cli.run("restore", "documents/never.odt"), 1);
    }

    @Test
    void aDryRunSaysAllAndTouchesNothing() throws Exception {
        write("taxes/2025/summary.odt", "other sums", LATER);
        Files.delete(documents.resolve("taxes/2025/receipts.ods"));
        Map<String, String> before = files(documents);

        Cli.Outcome outcome = restore("documents/taxes", "-n", "--at", "now");

        assertThat(outcome.out()).startsWith("Would restore from snapshot ");
        assertThat(outcome.out().lines().map(String::strip))
                .contains(
                        "new      taxes/2025/receipts.ods                           8 B",
                        "differs  taxes/2025/summary.odt   kept; old one beside it  4 B",
                        "same     1 file  not touched",
                        "into " + documents + "   2 files, 12 B to restore",
                        "nothing would be overwritten or deleted",
                        "Do it:  nightjar restore documents/taxes --at now");
        assertThat(restore("latest", "-n", "--into", "new", "--overwrite", "always")
                        .out())
                .contains("4 files, 22 B to restore");
        List<JsonObject> json = restore(
                        "latest:" + documents, "--into", "documents", "-n", "--json", "--overwrite", "if-changed")
                .out()
                .lines()
                .map(JsonObject::parse)
                .toList();
        assertThat(json).extracting(object -> object.string("action")).containsExactly("new", "replaced", null);
        assertThat(json.getLast().number("files_unchanged", 0)).isEqualTo(2);
        assertThat(files(documents)).isEqualTo(before);
        assertThat(place.resolve("new")).doesNotExist();
    }

    @Test
    void onlySomeOfIt() throws Exception {
        write("build/out.o", "object", LONG_AGO);
        write("empty/deep/x.tmp", "x", LONG_AGO);
        backup();

        restore("latest:" + documents, "--into", "a", "--include", "*.odt", "-i", "/taxes/notes.txt");
        assertThat(files(place.resolve("a")).keySet())
                .containsExactly("report.odt", "taxes/2025/summary.odt", "taxes/notes.txt");
        // Directories in which nothing is wanted are not made.
        assertThat(place.resolve("a/empty")).doesNotExist();
        restore("latest:" + documents, "--into", "b", "--exclude", "build/", "-e", "*.odt", "-e", "!report.odt");
        assertThat(files(place.resolve("b")).keySet())
                .containsExactly("empty/deep/x.tmp", "report.odt", "taxes/2025/receipts.ods", "taxes/notes.txt");
        restore("latest", "--into", "c", "-i", documents + "/taxes", "-e", "2025");
        assertThat(files(place.resolve("c" + documents)).keySet()).containsExactly("taxes/notes.txt");
        restore("documents/taxes", "--into", "d", "-i", "summary.odt", "--at", "now", "--no-verify");
        assertThat(files(place.resolve("d")).keySet()).containsExactly("taxes/2025/summary.odt");
    }

    @Test
    void listsAllOnlyIfAsked() throws Exception {
        for (int i = 0; i < 30; i++) {
            write("many/" + i, "content " + i, LONG_AGO);
        }
        backup();
        assertThat(restore("latest:" + documents + "/many", "--into", "short")
                        .out()
                        .lines())
                .anyMatch(line -> line.equals("  and 21 more; list: -v"))
                .filteredOn(line -> line.startsWith("  " + place.resolve("short")))
                .hasSize(9);
        assertThat(restore("latest:" + documents + "/many", "--into", "long", "-v")
                        .out()
                        .lines())
                .filteredOn(line -> line.startsWith(place.resolve("long").toString()))
                .hasSize(30);
    }

    @Test
    void savesWhatIsThereBeforeItIsOverwritten() throws Exception {
        write("report.odt", "never saved before", LATER);
        String out =
                restore("documents/report.odt", "--overwrite", "if-changed").out();
        assertThat(documents.resolve("report.odt")).hasContent("first");
        undo(out);
        assertThat(documents.resolve("report.odt")).hasContent("never saved before");

        Cli.Running run = cli.start(
                "run",
                "documents",
                "--to",
                "repo",
                "-p",
                "password",
                "--every",
                "1h",
                "--watcher",
                "inotify",
                "--json");
        run.expect("\"watching\"");
        write("report.odt", "seen by nobody but the run", LATER);
        out = restore("documents/report.odt", "--overwrite", "always").out();
        assertThat(documents.resolve("report.odt")).hasContent("never saved before");
        undo(out);
        assertThat(documents.resolve("report.odt")).hasContent("seen by nobody but the run");
        run.raise("TERM");
        assertThat(run.code()).isZero();
    }

    private void undo(String restored) throws Exception {
        assertThat(restored.lines().filter(line -> line.startsWith("Undo:  nightjar ")))
                .singleElement()
                .satisfies(line -> ended(
                        cli.run(line.substring("Undo:  nightjar ".length()).split(" ")), 0));
    }

    @Test
    void savesNothingFirstWhereNothingIsOrNoJobSavesIt() throws Exception {
        Files.delete(documents.resolve("report.odt"));
        assertThat(restore("documents/report.odt", "--overwrite", "always").out())
                .doesNotContain("Undo:")
                .doesNotContain("saved first");
        write("report.odt", "changed", LATER);
        String repository = place.resolve("repo").toString();
        Cli.Outcome other = cli.run(
                "restore",
                documents + "/report.odt",
                "--overwrite",
                "always",
                "-r",
                repository,
                "-p",
                "password",
                "--state",
                place.resolve("other-state").toString());
        assertThat(ended(other, 0).out()).contains("What was there was not saved first: no job saves ");
        assertThat(documents.resolve("report.odt")).hasContent("first");
    }

    /** What is there cannot be saved while another source is in question (C17), so it is not overwritten. */
    @Test
    void overwritesNothingThatCannotBeSavedFirst() throws Exception {
        Path second = Files.createDirectory(place.resolve("second"));
        Files.writeString(second.resolve("a"), "a");
        ended(cli.run("backup", "documents", "second", "--to", "repo", "-p", "password"), 0);
        Files.delete(second.resolve("a"));
        Files.delete(second);
        write("report.odt", "present", LATER);
        Cli.Outcome refused = cli.run(
                "restore",
                "documents/report.odt",
                "--overwrite",
                "always",
                "-p",
                "password",
                "--job",
                second.toString());
        assertThat(ended(refused, 1).err())
                .contains("second is gone")
                .contains("could not be saved first")
                .contains("nightjar restore " + documents + "/report.odt");
        assertThat(documents.resolve("report.odt")).hasContent("present");
    }
}

package dev.nightjar.repository.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Compares with a tree that restic 0.14.0 wrote of a directory with difficult names, modes, times and types. */
class TreeGoldenTest {

    private static byte[] resticTree() throws IOException {
        try (InputStream in = TreeGoldenTest.class.getResourceAsStream("restic-0.14.json")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    private static List<Node> read(byte[] tree) throws CorruptException {
        TreeReader reader = new TreeReader(tree);
        List<Node> nodes = new ArrayList<>();
        for (Node node; (node = reader.next()) != null; ) {
            nodes.add(node);
        }
        return nodes;
    }

    private static byte[] write(List<Node> nodes) {
        TreeWriter writer = new TreeWriter();
        nodes.forEach(writer::add);
        return bytes(writer.finish());
    }

    private static byte[] bytes(ByteBuffer json) {
        byte[] bytes = new byte[json.remaining()];
        json.get(bytes);
        return bytes;
    }

    private static List<Node> read(String tree) throws CorruptException {
        return read(tree.getBytes(StandardCharsets.UTF_8));
    }

    private static Node node(List<Node> nodes, String name) {
        return nodes.stream()
                .filter(node -> node.name().equals(Name.of(name)))
                .findAny()
                .orElseThrow();
    }

    private static byte[] latin(String name) {
        return name.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] utf8(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    // C2, C10
    @Test
    void writesTheBytesThatResticWrote() throws IOException {
        byte[] golden = resticTree();
        assertThat(Id.sha256(golden).hex())
                .isEqualTo("572614e52bb60fa99c029cbe7f4b8e63fad8f6a978d98154ed70061e8b036cec");
        // The one symlink whose target is not UTF-8 lost its last byte when restic wrote it: it is U+FFFD for us.
        String expected = new String(golden, StandardCharsets.UTF_8).replace("bad\\ufffd", "bad\ufffd");
        String written = new String(write(read(golden)), StandardCharsets.UTF_8);
        assertThat(written.split("(?<=}),")).isEqualTo(expected.split("(?<=}),"));
    }

    // C2
    @Test
    void namesComeBackBitForBit() throws IOException {
        List<byte[]> names = new ArrayList<>(List.of(
                latin("plain"),
                latin("sp ace"),
                latin("q\"uote"),
                latin("back\\slash"),
                latin("tab\tx"),
                latin("nl\nx"),
                latin("bell\u0007"),
                latin("esc\u001b"),
                latin("del\u007f"),
                latin("bad\u00ff\u00fe"),
                utf8("caf\u00e9"),
                utf8("emoji\ud83d\ude00"),
                utf8("nbsp\u00a0x"),
                utf8("shy\u00adx"),
                utf8("zwj\u200d"),
                utf8("ls\u2028"),
                utf8("pua\ue000"),
                utf8("repl\ufffd"),
                latin("'"),
                latin("<a>&b"),
                latin("x".repeat(255)),
                latin("trunc\u00e2\u0082"),
                latin("sur\u00ed\u00a0\u0080"),
                utf8("unassigned" + Character.toString(0xe0080)),
                utf8("unas\u0378"),
                utf8("ideo\u3000sp"),
                latin("o\u00c0\u0080"),
                utf8("comb\u0301"),
                latin("\u0001")));
        for (String other : "dirsticky dirsgid suid sgid none link lnk2 lnk3 fifo chr blk hard".split(" ")) {
            names.add(latin(other));
        }
        names.sort(Arrays::compareUnsigned);
        List<Node> nodes = read(resticTree());
        assertThat(nodes).hasSameSizeAs(names);
        for (int i = 0; i < names.size(); i++) {
            assertThat(nodes.get(i).name().bytes()).isEqualTo(names.get(i));
        }
    }

    @Test
    void modesTypesAndTimesAreThoseOfTheFiles() throws IOException {
        List<Node> nodes = read(resticTree());
        assertThat(node(nodes, "dirsticky").permissions()).isEqualTo(01777);
        assertThat(node(nodes, "dirsgid").permissions()).isEqualTo(02755);
        assertThat(node(nodes, "suid").permissions()).isEqualTo(04755);
        assertThat(node(nodes, "sgid").permissions()).isEqualTo(02700);
        assertThat(node(nodes, "none").permissions()).isZero();
        assertThat(node(nodes, "none").mtime()).isEqualTo(new Timestamp(-6, 999_999_999));
        assertThat(node(nodes, "sgid").mtime()).isEqualTo(new Timestamp(100, 500_000_000));
        assertThat(node(nodes, "suid").mtime()).isEqualTo(new Timestamp(0, 0));
        assertThat(node(nodes, "chr").type()).isEqualTo(NodeType.CHARACTER_DEVICE);
        assertThat(node(nodes, "chr").device()).isEqualTo(1 << 8 | 3);
        assertThat(node(nodes, "blk").type()).isEqualTo(NodeType.BLOCK_DEVICE);
        assertThat(node(nodes, "fifo").type()).isEqualTo(NodeType.FIFO);
        assertThat(node(nodes, "suid").content()).isEmpty();
        assertThat(node(nodes, "fifo").content()).isNull();
        assertThat(node(nodes, "lnk2").linkTarget()).isEqualTo(utf8("a<b>&\"\\ \u2028\n\u0001\u00e9"));
        assertThat(node(nodes, "plain").xattrs())
                .containsExactly(new Xattr("user.b", new byte[] {0, 1}), new Xattr("user.a", new byte[0]));
    }

    @Test
    void anEmptyTreeIsWhatResticWrites() throws IOException {
        assertThat(new String(bytes(new TreeWriter().finish()), StandardCharsets.UTF_8))
                .isEqualTo("{\"nodes\":[]}\n");
        assertThat(read("{\"nodes\":[]}\n")).isEmpty();
        assertThat(read("{\"nodes\":null}\n")).isEmpty();
        assertThat(read("{}")).isEmpty();
    }

    @Test
    void aNodeOfAFileFollowsResticsRulesOfWhatIsKept() throws IOException {
        Timestamp mtime = new Timestamp(1_700_000_000, 120_000_000);
        Timestamp other = new Timestamp(5, 0);
        Stat file = new Stat(99, 7, 0100644, 1, -2, 5, 0, 3, mtime, other, other, 8, 1);
        Stat directory = new Stat(99, 8, 0040755, 3, 0, 0, 0, 4096, mtime, other, other, 8, 1);
        List<Node> nodes = List.of(
                Node.of(Name.of("d"), directory, "root", "", null, List.of(), null, Id.sha256()),
                Node.of(
                        Name.of("f"),
                        file,
                        null,
                        null,
                        null,
                        List.of(new Xattr("user.b", new byte[1]), new Xattr("user.a", new byte[0])),
                        List.of(Id.sha256()),
                        null));
        String empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        assertThat(new String(write(nodes), StandardCharsets.UTF_8))
                .isEqualTo("{\"nodes\":[{\"name\":\"d\",\"type\":\"dir\",\"mode\":2147484141,"
                        + "\"mtime\":\"2023-11-14T22:13:20.12Z\",\"atime\":\"2023-11-14T22:13:20.12Z\","
                        + "\"ctime\":\"1970-01-01T00:00:05Z\",\"uid\":0,\"gid\":0,\"user\":\"root\",\"inode\":8,"
                        + "\"content\":null,\"subtree\":\"" + empty + "\"},"
                        + "{\"name\":\"f\",\"type\":\"file\",\"mode\":420,"
                        + "\"mtime\":\"2023-11-14T22:13:20.12Z\",\"atime\":\"2023-11-14T22:13:20.12Z\","
                        + "\"ctime\":\"1970-01-01T00:00:05Z\",\"uid\":4294967294,\"gid\":5,\"inode\":7,\"size\":3,"
                        + "\"links\":1,\"extended_attributes\":[{\"name\":\"user.a\",\"value\":\"\"},"
                        + "{\"name\":\"user.b\",\"value\":\"AA==\"}],\"content\":[\"" + empty + "\"]}]}\n");
        assertThat(read(write(nodes)).get(1)).isEqualTo(nodes.get(1));
    }

    // C2
    @Test
    void aTargetThatIsNotUtf8IsKeptWhole() throws IOException {
        byte[] target = latin("bad\u00ff");
        Timestamp time = new Timestamp(0, 0);
        Stat link = new Stat(99, 7, 0120777, 1, 0, 0, 0, 4, time, time, time, 0, 1);
        byte[] tree = write(List.of(Node.of(Name.of("l"), link, null, null, target, List.of(), null, null)));
        assertThat(new String(tree, StandardCharsets.UTF_8))
                .contains("\"linktarget\":\"bad\\ufffd\",\"linktarget_raw\":\"YmFk/w==\"");
        assertThat(read(tree).getFirst().linkTarget()).isEqualTo(target);
    }

    @Test
    void namesMustRise() throws IOException {
        List<Node> nodes = read(resticTree());
        TreeWriter writer = new TreeWriter();
        writer.add(nodes.get(1));
        assertThatThrownBy(() -> writer.add(nodes.get(1))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.add(nodes.get(0))).isInstanceOf(IllegalArgumentException.class);
        Collections.reverse(nodes);
        assertThatThrownBy(() -> write(nodes)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unknownKeysAndOtherProgramsEscapesAreRead() throws IOException {
        Node node = read("{\"x\":{\"a\":[1,-2.5e3,true,null,\"\\u00e9\"]},\"nodes\":["
            + " {\"name\":\"a\u00a0\\\\x41\\\\\\\"\\\\101"
            + "\\\\u00e9\\\\U0001f600\",\"later\":[{}],\"type\":\"file\",\"mtime\":\"2026-01-01T01:00:00.5+01:00\",\"content\":[]}"
            + " ], \"y\":1}")
                .getFirst();
        assertThat(node.name().toString()).isEqualTo("a\u00a0A\"A\u00e9\ud83d\ude00");
        assertThat(node.mtime()).isEqualTo(new Timestamp(1_767_225_600, 500_000_000));
    }

    // C18
    @Test
    void namesThatNoDirectoryCanHoldAreRefused() throws IOException {
        TreeReader reader = new TreeReader(utf8("{\"nodes\":[{\"name\":\"..\"},{\"name\":\".\"},{\"name\":\"\"},"
                + "{\"name\":\"a/b\"},{\"name\":\"nul\\\\x00\"},{\"name\":\"/\"},{\"name\":\"...\"}]}"));
        assertThat(reader.next()).extracting(Node::name).isEqualTo(Name.of("..."));
        assertThat(reader.next()).isNull();
        assertThat(reader.refused()).containsExactly("..", ".", "", "a/b", "nul\0", "/");
    }

    @Test
    void timesAreGregorianFromYear0To9999() throws IOException {
        for (long seconds = -62_167_219_200L; seconds <= 253_402_300_799L; seconds += 86_400L * 37 + 12_345) {
            JsonSink sink = new JsonSink();
            Timestamp time = new Timestamp(seconds, 0);
            GoTime.writeJson(time, sink);
            String text = new String(bytes(sink.written()), StandardCharsets.UTF_8).replace("\"", "");
            assertThat(text).isEqualTo(time.toInstant().toString());
            assertThat(GoTime.parse(utf8(text))).isEqualTo(time);
        }
    }
}

package dev.nightjar.linux.testing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plants one difference of each kind in one of two equal trees: the comparer must find it, and nothing else. */
final class TreeComparerTest {
    private static final Timestamp THEN = new Timestamp(1_700_000_000, 123_456_789);
    private static final Name FILE = Name.of(new byte[] {'f', (byte) 0xff, '\n'});
    private static final Name SUB = Name.of("sub");
    private static final Name LINK = Name.of("link");
    private static final Name TWO = Name.of("two");
    private static final Name FIFO = Name.of("fifo");
    private static final int FIFO_MODE = 0010644;

    @TempDir
    private Path place;

    private Directory expected;
    private Directory actual;

    @SuppressWarnings("NullAway.Init") // filled by plantTrees
    TreeComparerTest() {}

    @BeforeEach
    void plantTrees() throws IOException {
        expected = plant("expected");
        actual = plant("actual");
        assertThat(found()).isEmpty();
    }

    @AfterEach
    void close() throws IOException {
        expected.close();
        actual.close();
    }

    private Directory plant(String name) throws IOException {
        Files.createDirectory(place.resolve(name));
        Directory top = Directory.open(BytePath.of(place.resolve(name).toString()));
        top.makeDirectory(SUB, 0755);
        try (Directory sub = top.openDirectory(SUB)) {
            write(sub, FILE, "content");
            sub.setXattr(FILE, new Xattr("user.kind", new byte[] {1, 0, 2}));
            sub.link(FILE, sub, Name.of("twin"));
            write(sub, TWO, "content");
            sub.symlink(LINK, "where\u00e9".getBytes(StandardCharsets.ISO_8859_1));
            sub.makeNode(FIFO, FIFO_MODE, 0);
            for (Name each : List.of(FILE, TWO, LINK, FIFO)) {
                sub.setTimes(each, THEN, THEN);
            }
        }
        settle(top);
        return top;
    }

    private static void settle(Directory top) throws IOException {
        top.setTimes(SUB, THEN, THEN);
        top.setTimes(Name.of("."), THEN, THEN);
    }

    private static void write(Directory directory, Name name, String content) throws IOException {
        try (OpenFile file = directory.createFile(name, 0644)) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            file.write(bytes, 0, bytes.length);
        }
    }

    private interface Planting {
        void in(Directory sub) throws IOException;
    }

    private List<String> plant(Planting planting) throws IOException {
        try (Directory sub = actual.openDirectory(SUB)) {
            planting.in(sub);
        }
        settle(actual);
        return found();
    }

    private List<String> found() throws IOException {
        return TreeComparer.compare(expected, actual, EnumSet.complementOf(EnumSet.of(Aspect.HOLES))).stream()
                .map(difference -> difference.aspect() + " " + difference.path())
                .toList();
    }

    @Test
    void findsWhatIsMissing() throws IOException {
        assertThat(plant(sub -> sub.unlink(LINK))).containsExactly("PRESENCE sub/link");
    }

    @Test
    void findsWhatIsTooMuch() throws IOException {
        assertThat(plant(sub -> write(sub, Name.of("more"), ""))).containsExactly("PRESENCE sub/more");
    }

    @Test
    void findsAnotherByte() throws IOException {
        assertThat(plant(sub -> {
                    replace(sub, "cOntent");
                }))
                .containsExactly("CONTENT sub/two");
    }

    @Test
    void findsAnotherSize() throws IOException {
        assertThat(plant(sub -> {
                    replace(sub, "content!");
                }))
                .containsExactly("SIZE sub/two", "CONTENT sub/two");
    }

    private static void replace(Directory sub, String content) throws IOException {
        sub.unlink(TWO);
        write(sub, TWO, content);
        sub.setTimes(TWO, THEN, THEN);
    }

    @Test
    void findsAnotherMode() throws IOException {
        assertThat(plant(sub -> sub.setMode(TWO, 0645))).containsExactly("MODE sub/two");
    }

    @Test
    void findsANanosecond() throws IOException {
        Timestamp later = new Timestamp(THEN.seconds(), THEN.nanos() + 1);
        assertThat(plant(sub -> sub.setTimes(TWO, THEN, later))).containsExactly("MTIME sub/two");
    }

    @Test
    void findsTheTimeOfASymlinkAndOfTheTop() throws IOException {
        Timestamp later = new Timestamp(THEN.seconds() + 1, THEN.nanos());
        assertThat(plant(sub -> sub.setTimes(LINK, THEN, later))).containsExactly("MTIME sub/link");
        actual.setTimes(Name.of("."), THEN, later);
        assertThat(found()).containsExactly("MTIME ", "MTIME sub/link");
    }

    @Test
    void findsAnotherXattrValue() throws IOException {
        assertThat(plant(sub -> sub.setXattr(FILE, new Xattr("user.kind", new byte[] {1, 0, 3}))))
                .containsExactly("XATTRS sub/" + FILE, "XATTRS sub/twin");
    }

    @Test
    void findsAnXattrOfADirectory() throws IOException {
        actual.setXattr(SUB, new Xattr("user.more", new byte[0]));
        assertThat(found()).containsExactly("XATTRS sub");
    }

    @Test
    void findsAnotherTarget() throws IOException {
        assertThat(plant(sub -> {
                    sub.unlink(LINK);
                    sub.symlink(LINK, "where\u00e8".getBytes(StandardCharsets.ISO_8859_1));
                    sub.setTimes(LINK, THEN, THEN);
                }))
                .containsExactly("TARGET sub/link");
    }

    @Test
    void findsAnotherType() throws IOException {
        assertThat(plant(sub -> {
                    sub.unlink(FIFO);
                    sub.makeDirectory(FIFO, 0644);
                    sub.setTimes(FIFO, THEN, THEN);
                }))
                .containsExactly("TYPE sub/fifo");
    }

    @Test
    void findsABrokenHardLink() throws IOException {
        assertThat(plant(sub -> {
                    sub.unlink(Name.of("twin"));
                    write(sub, Name.of("twin"), "content");
                    sub.setXattr(Name.of("twin"), new Xattr("user.kind", new byte[] {1, 0, 2}));
                    sub.setTimes(Name.of("twin"), THEN, THEN);
                }))
                .containsExactly("LINKS sub/twin");
    }

    @Test
    void findsAHardLinkTooMuch() throws IOException {
        assertThat(plant(sub -> {
                    sub.unlink(TWO);
                    sub.link(FILE, sub, TWO);
                }))
                .containsExactly("XATTRS sub/two", "LINKS sub/two");
    }

    @Test
    void findsHolesWhenAsked() throws IOException {
        for (Directory top : List.of(expected, actual)) {
            try (Directory sub = top.openDirectory(SUB);
                    OpenFile file = sub.createFile(Name.of("sparse"), 0644)) {
                if (top == expected) {
                    file.truncate(1 << 20);
                } else {
                    file.write(new byte[1 << 20], 0, 1 << 20);
                }
                file.sync();
                sub.setTimes(Name.of("sparse"), THEN, THEN);
            }
            settle(top);
        }
        assertThat(found()).isEmpty();
        assertThat(TreeComparer.compare(expected, actual, EnumSet.allOf(Aspect.class)))
                .map(Difference::toString)
                .containsExactly("sub/sparse: HOLES is false, not true");
    }

    @Test
    @Tag("root")
    void findsAnotherOwner() throws IOException {
        assertThat(plant(sub -> sub.setOwner(TWO, 0, 1))).containsExactly("OWNER sub/two");
        assertThat(plant(sub -> sub.setOwner(LINK, 1, 0))).containsExactly("OWNER sub/link", "OWNER sub/two");
    }

    @Test
    @Tag("root")
    void findsAnotherDeviceNumber() throws IOException {
        int characterDevice = 0020644;
        for (Directory top : List.of(expected, actual)) {
            try (Directory sub = top.openDirectory(SUB)) {
                sub.makeNode(Name.of("null"), characterDevice, top == expected ? 0x103 : 0x105);
                sub.setTimes(Name.of("null"), THEN, THEN);
            }
            settle(top);
        }
        assertThat(found()).containsExactly("DEVICE sub/null");
    }
}

package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C2: names are bytes, and everything is reached relative to a directory. */
class DirectoryTest {
    @TempDir
    Path temp;

    private Directory top;

    @BeforeEach
    void open() throws IOException {
        top = Directory.open(BytePath.of(temp.toString()));
    }

    @AfterEach
    void close() {
        top.close();
    }

    @Test
    void listsEveryNameTheKernelAccepts() throws IOException {
        // C2
        TreeSet<Name> made = new TreeSet<>();
        for (int b = 1; b < 256; b++) {
            if (b != '/') {
                made.add(Name.of(new byte[] {'x', (byte) b}));
            }
        }
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 0xff);
        made.add(Name.of(longest));
        made.add(Name.of("...".getBytes(StandardCharsets.UTF_8)));
        for (Name name : made) {
            top.createFile(name, 0600).close();
        }

        TreeSet<Name> listed = new TreeSet<>();
        top.list((name, type) -> {
            assertThat(type).isEqualTo(FileType.FILE);
            listed.add(name);
        });

        assertThat(listed).isEqualTo(made);
        for (Name name : made) {
            assertThat(top.stat(name).type()).isEqualTo(FileType.FILE);
        }
    }

    @Test
    void listsADirectoryLargerThanTheBuffer() throws IOException {
        int count = 5000;
        for (int i = 0; i < count; i++) {
            top.createFile(Name.of("a-name-of-some-length-" + i), 0600).close();
        }
        TreeSet<Name> listed = new TreeSet<>();
        top.list((name, type) -> listed.add(name));
        assertThat(listed).hasSize(count);

        Map<Name, Stat> looked = new HashMap<>();
        top.look(new Collecting(looked));
        assertThat(looked.keySet()).isEqualTo(listed);
        Name one = Name.of("a-name-of-some-length-4321");
        assertThat(looked.get(one)).isEqualTo(top.stat(one));
    }

    @Test
    void listingsNest() throws IOException {
        for (String name : List.of("a", "b")) {
            top.makeDirectory(Name.of(name), 0700);
            try (Directory child = top.openDirectory(Name.of(name))) {
                child.createFile(Name.of("in-" + name), 0600).close();
            }
        }
        List<String> seen = new ArrayList<>();
        top.list((name, type) -> {
            seen.add(name.toString());
            try (Directory child = top.openDirectory(name)) {
                child.list((inner, innerType) -> seen.add(inner.toString()));
            }
        });
        assertThat(seen).containsExactlyInAnyOrder("a", "in-a", "b", "in-b");
        assertThat(seen.indexOf("in-a")).isEqualTo(seen.indexOf("a") + 1);
    }

    @Test
    void oneDirectoryIsListedByOneAtATime() throws IOException {
        top.createFile(Name.of("f"), 0600).close();
        EntryVisitor again = (name, type) -> top.list((inner, innerType) -> {});
        assertThatThrownBy(() -> top.list(again)).isInstanceOf(IllegalStateException.class);
        top.list((name, type) -> assertThat(name).hasToString("f"));
    }

    @Test
    void countsWhereTheCallsAreMade() throws IOException {
        Files.writeString(temp.resolve("f"), "hello");
        top.list((name, type) -> {});
        assertThat(top.counters().directoriesListed()).isEqualTo(1);
        top.stat(Name.of("f"));
        try (OpenFile file = top.openFile(Name.of("f"))) {
            assertThat(file.read(new byte[10], 0, 10)).isEqualTo(5);
        }
        assertThat(top.counters().entriesLooked()).isEqualTo(1);
        assertThat(top.counters().filesOpened()).isEqualTo(1);
        assertThat(top.counters().bytesRead()).isEqualTo(5);
    }

    private record Collecting(Map<Name, Stat> into) implements LookVisitor {
        @Override
        public void found(Name name, Stat stat) {
            into.put(name, stat);
        }

        @Override
        public void missing(Name name) {
            throw new AssertionError(name);
        }

        @Override
        public void failed(Name name, LinuxException problem) throws IOException {
            throw problem;
        }
    }
}

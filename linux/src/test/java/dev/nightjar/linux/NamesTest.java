package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Making, moving, removing and dressing names; C18's calls. */
class NamesTest {
    private static final Name A = Name.of("a");
    private static final Name B = Name.of("b");

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

    private void write(Name name, String content) throws IOException {
        try (OpenFile file = top.createFile(name, 0600)) {
            byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
            file.write(bytes, 0, bytes.length);
        }
    }

    private String read(Name name) throws IOException {
        try (OpenFile file = top.openFile(name)) {
            byte[] bytes = new byte[100];
            int n = file.read(bytes, 0, bytes.length);
            return new String(bytes, 0, n, StandardCharsets.UTF_8);
        }
    }

    @Test
    void makesEveryKind() throws IOException {
        byte[] target = {(byte) 0xff, '/', '\n'};
        top.symlink(Name.of("link"), target);
        top.makeDirectory(Name.of("directory"), 0700);
        top.makeNode(Name.of("fifo"), FileType.FIFO.modeBits() | 0600, 0);
        top.makeNode(Name.of("socket"), FileType.SOCKET.modeBits() | 0600, 0);
        write(Name.of("file"), "x");

        assertThat(top.stat(Name.of("link")).type()).isEqualTo(FileType.SYMLINK);
        assertThat(top.readLink(Name.of("link"))).isEqualTo(target);
        assertThat(top.stat(Name.of("directory")).type()).isEqualTo(FileType.DIRECTORY);
        assertThat(top.stat(Name.of("fifo")).type()).isEqualTo(FileType.FIFO);
        assertThat(top.stat(Name.of("socket")).type()).isEqualTo(FileType.SOCKET);
        Stat file = top.stat(Name.of("file"));
        assertThat(file.type()).isEqualTo(FileType.FILE);
        assertThat(file.size()).isEqualTo(1);
        assertThat(file.permissions()).isEqualTo(0600);
        assertThat(file.links()).isEqualTo(1);
        assertThat(file.uid()).isEqualTo(ThisProcess.uid());
        assertThat(file.mountId()).isEqualTo(top.stat().mountId());

        List<FileType> types = new ArrayList<>();
        top.list((name, type) -> types.add(type));
        assertThat(types)
                .containsExactlyInAnyOrder(
                        FileType.SYMLINK, FileType.DIRECTORY, FileType.FIFO, FileType.SOCKET, FileType.FILE);
    }

    @Test
    void openingAFifoDoesNotBlock() throws IOException {
        top.makeNode(A, FileType.FIFO.modeBits() | 0600, 0);
        try (OpenFile file = top.openFile(A)) {
            assertThat(file.stat().type()).isEqualTo(FileType.FIFO);
        }
    }

    @Test
    void followsNoLink() throws IOException {
        top.makeDirectory(B, 0700);
        top.symlink(A, "b".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> top.openDirectory(A)).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> top.openBeneath(BytePath.of("a"))).isInstanceOf(LinuxException.class);
        assertThatThrownBy(() -> top.openBeneath(BytePath.of("../x"))).isInstanceOf(LinuxException.class);
        assertThatThrownBy(() -> top.openBeneath(BytePath.of("/tmp"))).isInstanceOf(LinuxException.class);
        assertThatThrownBy(() -> top.openFile(A))
                .isInstanceOfSatisfying(
                        OtherErrorException.class,
                        e -> assertThat(e.errnoName()).isEqualTo("ELOOP"));
        try (Directory through = Directory.open(BytePath.of(temp + "/a"));
                Directory beneath = top.openBeneath(BytePath.of("b"))) {
            assertThat(through.stat()).isEqualTo(beneath.stat());
        }
    }

    @Test
    void renamesInAllModes() throws IOException {
        write(A, "1");
        write(B, "2");
        assertThatThrownBy(() -> top.rename(A, top, B, RenameMode.NO_REPLACE)).isInstanceOf(ExistsException.class);
        top.rename(A, top, B, RenameMode.EXCHANGE);
        assertThat(read(A)).isEqualTo("2");
        top.rename(A, top, B, RenameMode.REPLACE);
        assertThat(read(B)).isEqualTo("2");
        assertThat(top.statOrNull(A)).isNull();
        assertThat(top.statOrNull(Name.of("b"))).isNotNull();
    }

    @Test
    void linksAndRemoves() throws IOException {
        write(A, "1");
        top.makeDirectory(Name.of("d"), 0700);
        try (Directory d = top.openDirectory(Name.of("d"))) {
            top.link(A, d, B);
            assertThat(d.stat(B).inode()).isEqualTo(top.stat(A).inode());
            assertThat(d.stat(B).links()).isEqualTo(2);
            assertThatThrownBy(() -> top.removeDirectory(Name.of("d"))).isInstanceOf(ExistsException.class);
            d.unlink(B);
            d.sync();
        }
        top.removeDirectory(Name.of("d"));
        assertThatThrownBy(() -> top.unlink(Name.of("d"))).isInstanceOf(NotFoundException.class);
    }

    @Test
    void dressesNamesAndLinks() throws IOException {
        Timestamp old = new Timestamp(-5, 999_999_999);
        Timestamp late = new Timestamp(4_000_000_000L, 1);
        write(A, "1");
        top.symlink(B, "nowhere".getBytes(StandardCharsets.UTF_8));
        for (Name name : List.of(A, B)) {
            top.setTimes(name, late, old);
            assertThat(top.stat(name).atime()).isEqualTo(late);
            assertThat(top.stat(name).mtime()).isEqualTo(old);
            top.setOwner(name, -1, -1);
        }
        top.setMode(A, 04711);
        assertThat(top.stat(A).permissions()).isEqualTo(04711);
        assertThatThrownBy(() -> top.setMode(B, 0700)).isInstanceOf(LinuxException.class);

        top.setMode(01755);
        top.setTimes(late, old);
        top.setOwner(-1, -1);
        Stat self = top.stat();
        assertThat(self.permissions()).isEqualTo(01755);
        assertThat(self.mtime()).isEqualTo(old);
    }

    @Test
    void keepsExtendedAttributesOfAnyName() throws IOException {
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 0xfe);
        Name name = Name.of(longest);
        write(name, "1");
        Xattr small = new Xattr("user.k", new byte[] {0, (byte) 0xff});
        Xattr empty = new Xattr("user.\uDCFF", new byte[0]);
        top.setXattr(name, small);
        top.setXattr(name, empty);
        assertThat(top.xattrs(name)).containsExactlyInAnyOrder(small, empty);
        top.removeXattr(name, "user.k");
        top.removeXattr(name, "user.k");
        assertThat(top.xattrs(name)).containsExactly(empty);

        top.setXattr(small);
        assertThat(top.selfXattrs()).containsExactly(small);
        top.removeXattr("user.k");
        assertThat(top.selfXattrs()).isEmpty();
        assertThatThrownBy(() -> top.xattrs(Name.of("none"))).isInstanceOfSatisfying(NotFoundException.class, e -> {
            assertThat(e.call()).isEqualTo("llistxattr");
            assertThat(e.file()).isEqualTo(temp + "/none");
        });
    }

    @Test
    void pathsGoBeyondPathMax() throws IOException {
        // C2
        byte[] longest = new byte[255];
        Arrays.fill(longest, (byte) 'n');
        Name name = Name.of(longest);
        BytePath path = BytePath.of(temp.toString());
        BytePath relative = BytePath.of("");
        Directory at = top.duplicate();
        for (int i = 0; i < 40; i++) {
            at.makeDirectory(name, 0700);
            Directory below = at.openDirectory(name);
            at.close();
            at = below;
            path = path.resolve(name);
            relative = relative.resolve(name);
        }
        assertThat(path.bytes().length).isGreaterThan(2 * Flags.PATH_MAX);
        assertThat(at.describe()).isEqualTo(path.toString());
        try (Directory direct = Directory.open(path);
                Directory beneath = top.openBeneath(relative)) {
            assertThat(direct.stat().inode()).isEqualTo(at.stat().inode());
            assertThat(beneath.stat().inode()).isEqualTo(at.stat().inode());
            direct.createFile(name, 0600).close();
            direct.setXattr(name, new Xattr("user.deep", new byte[] {1}));
            assertThat(beneath.xattrs(name)).hasSize(1);
            direct.unlink(name);
        }
        BytePath missing = path.resolve(A);
        assertThatThrownBy(() -> Directory.open(missing)).isInstanceOf(NotFoundException.class);
        at.close();
        // Java's own clean-up cannot reach this deep.
        removeChain(name);
    }

    private void removeChain(Name name) throws IOException {
        List<Directory> chain = new ArrayList<>(List.of(top.duplicate()));
        while (chain.getLast().statOrNull(name) != null) {
            chain.add(chain.getLast().openDirectory(name));
        }
        for (Directory directory : chain.reversed()) {
            if (directory.statOrNull(name) != null) {
                directory.removeDirectory(name);
            }
            directory.close();
        }
    }
}

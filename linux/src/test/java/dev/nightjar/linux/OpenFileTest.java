package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OpenFileTest {
    private static final Name NAME = Name.of("file");

    @TempDir
    Path temp;

    @Test
    void whatIsWrittenIsRead() throws IOException {
        byte[] data = new byte[300_000];
        new Random(3).nextBytes(data);
        try (Directory top = Directory.open(BytePath.of(temp.toString()))) {
            try (OpenFile file = top.createFile(NAME, 0600)) {
                file.write(data, 0, 200_000);
                file.pwrite(data, 200_000, 100_000, 200_000);
                file.syncRange(0, 0);
                file.sync();
                file.advise(OpenFile.Advice.DONT_NEED, 0, 0);
                byte[] part = new byte[10];
                assertThat(file.pread(part, 2, 5, 150_000)).isEqualTo(5);
                assertThat(Arrays.copyOfRange(part, 2, 7)).isEqualTo(Arrays.copyOfRange(data, 150_000, 150_005));
            }
            assertThat(top.counters().bytesWritten()).isEqualTo(data.length);
            try (OpenFile file = top.openFile(NAME)) {
                byte[] back = new byte[data.length];
                int at = 0;
                while (at < back.length) {
                    int n = file.read(back, at, back.length - at);
                    assertThat(n).isPositive();
                    at += n;
                }
                assertThat(back).isEqualTo(data);
                assertThat(file.read(back, 0, 1)).isEqualTo(-1);
                assertThat(file.read(back, 0, 0)).isZero();
                assertThatThrownBy(() -> file.write(back, 0, 1)).isInstanceOf(OtherErrorException.class);
                assertThatThrownBy(() -> file.read(back, back.length, 1)).isInstanceOf(IndexOutOfBoundsException.class);
            }
        }
    }

    @Test
    void aFileWithoutANameGetsOneWhenItIsWhole() throws IOException {
        try (Directory top = Directory.open(BytePath.of(temp.toString()))) {
            try (OpenFile file = Objects.requireNonNull(top.createUnnamed(0600));
                    OpenFile lost = Objects.requireNonNull(top.createUnnamed(0600))) {
                file.write(new byte[] {1, 2, 3}, 0, 3);
                lost.write(new byte[] {4}, 0, 1);
                assertThat(temp).isEmptyDirectory();
                top.link(file, NAME);
                assertThatThrownBy(() -> top.link(lost, NAME)).isInstanceOf(ExistsException.class);
                assertThat(file.tryLock()).isTrue();
                try (OpenFile again = top.openFile(NAME)) {
                    assertThat(again.stat().inode()).isEqualTo(file.stat().inode());
                    assertThat(again.tryLock()).isFalse();
                    file.close();
                    assertThat(again.tryLock()).isTrue();
                }
            }
            assertThat(top.stat(NAME).size()).isEqualTo(3);
            assertThat(temp.toFile().list()).hasSize(1);
        }
    }

    @Test
    void isDressedByDescriptor() throws IOException {
        try (Directory top = Directory.open(BytePath.of(temp.toString()));
                OpenFile file = top.createFile(NAME, 0600)) {
            file.truncate(1 << 20);
            file.setMode(02750);
            file.setOwner(-1, -1);
            Xattr xattr = new Xattr("user.a", new byte[] {1, 2});
            file.setXattr(xattr);
            Timestamp time = new Timestamp(1, 2);
            file.setTimes(time, time);

            Stat stat = file.stat();
            assertThat(stat.size()).isEqualTo(1 << 20);
            assertThat(stat.blocks()).isLessThanOrEqualTo(8);
            assertThat(stat.mtime()).isEqualTo(time);
            assertThat(stat.permissions() & 0777).isEqualTo(0750);
            assertThat(file.xattrs()).isEqualTo(List.of(xattr));
        }
    }

    @Test
    void readingLeavesTheAccessTime() throws IOException {
        // C20
        try (Directory top = Directory.open(BytePath.of(temp.toString()))) {
            try (OpenFile file = top.createFile(NAME, 0600)) {
                file.write(new byte[] {1}, 0, 1);
                file.setTimes(new Timestamp(5, 0), new Timestamp(6, 0));
            }
            try (OpenFile file = top.openFile(NAME)) {
                assertThat(file.read(new byte[1], 0, 1)).isEqualTo(1);
            }
            assertThat(top.stat(NAME).atime()).isEqualTo(new Timestamp(5, 0));
        }
    }
}

package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsTest {
    private static final String RECORDED = """
        22 27 0:20 / /sys rw,nosuid,nodev,noexec,relatime shared:7 - sysfs sysfs rw
        27 1 259:2 / / rw,relatime shared:1 - ext4 /dev/nvme0n1p2 rw,errors=remount-ro
        30 27 0:25 /@home /home rw,noatime - btrfs /dev/mapper/a\\040b rw,subvol=/@home
        31 30 8:17 / /home/me/My\\040Stick\\134 ro,nosuid shared:3 master:1 - fuse.sshfs me@host:/x ro,user_id=0
        32 30 8:33 / /home/me/My\\040Stick\\134 rw - tmpfs none rw
        nonsense
        """;

    @Test
    void readsLinesAsProcSaysThem() {
        Mounts mounts = Mounts.parse(RECORDED.getBytes(StandardCharsets.UTF_8));
        assertThat(mounts.all()).hasSize(5);
        Mount home = present(mounts.byId(30));
        assertThat(home.parentId()).isEqualTo(27);
        assertThat(home.device()).isEqualTo(25);
        assertThat(home.root()).hasToString("/@home");
        assertThat(home.options()).containsExactly("rw", "noatime");
        assertThat(home.type()).isEqualTo("btrfs");
        assertThat(home.source()).isEqualTo("/dev/mapper/a b");
        assertThat(home.superOptions()).containsExactly("rw", "subvol=/@home");
        assertThat(present(mounts.byId(27)).device()).isEqualTo(259L << 8 | 2);
        assertThat(present(mounts.byId(31)).point()).hasToString("/home/me/My Stick\\");
        assertThat(mounts.byDevice(8L << 8 | 17)).extracting(Mount::id).containsExactly(31L);
        assertThat(mounts.byId(99)).isNull();
    }

    @Test
    void findsTheMountOfAPath() {
        Mounts mounts = Mounts.parse(RECORDED.getBytes(StandardCharsets.UTF_8));
        assertThat(present(mounts.at(BytePath.of("/homes"))).id()).isEqualTo(27);
        assertThat(present(mounts.at(BytePath.of("/home/me"))).id()).isEqualTo(30);
        assertThat(present(mounts.at(BytePath.of("/home/me/My Stick\\/x"))).id())
                .isEqualTo(32);
        assertThat(mounts.below(BytePath.of("/home"))).extracting(Mount::id).containsExactly(30L, 31L, 32L);
    }

    @Test
    void theRealOneHasOurMount(@TempDir Path temp) throws IOException {
        try (Directory top = Directory.open(BytePath.of(temp.toString()));
                MountWatch watch = MountWatch.open()) {
            Mount mount = present(Mounts.read().byId(top.stat().mountId()));
            assertThat(BytePath.of(temp.toString()).startsWith(mount.point())).isTrue();
            FilesystemInfo info = top.filesystem();
            assertThat(info.totalBytes()).isGreaterThan(info.freeBytes());
            assertThat(info.freeBytes()).isGreaterThanOrEqualTo(info.availableBytes());
            watch.wake();
            assertThat(watch.await(-1)).isFalse();
        }
    }

    @Test
    @Tag("root")
    void aMountIsTold(@TempDir Path temp) throws Exception {
        try (MountWatch watch = MountWatch.open()) {
            run("mount", "-t", "tmpfs", "none", temp.toString());
            try {
                assertThat(watch.await(5000)).isTrue();
                assertThat(mountOf(temp).type()).isEqualTo("tmpfs");
            } finally {
                run("umount", temp.toString());
            }
            assertThat(watch.await(5000)).isTrue();
            assertThat(mountOf(temp).point()).isNotEqualTo(BytePath.of(temp.toString()));
        }
    }

    private static Mount mountOf(Path path) throws IOException {
        return present(Mounts.read().at(BytePath.of(path.toString())));
    }

    private static Mount present(@Nullable Mount mount) {
        return Objects.requireNonNull(mount);
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }
}

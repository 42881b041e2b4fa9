package dev.nightjar.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MountTableTest {
    private final MountTable table = new MountTable(
            List.of(
                    "# a comment",
                    "//nas/me /mnt/nas cifs noauto 0 0",
                    "UUID=1 / ext4 defaults 0 1",
                    "UUID=2 /mnt/my\\040stick vfat noauto 0 0"),
            List.of(
                    "25 1 8:1 / / rw shared:1 - ext4 /dev/sda1 rw",
                    "31 25 8:33 / /mnt/my\\040stick rw - vfat /dev/sdc1 rw"));

    @Test
    void saysWhatShouldBeMountedAndIsNot() {
        assertThat(table.unmounted(Path.of("/mnt/nas/documents"))).contains(Path.of("/mnt/nas"));
        assertThat(table.unmounted(Path.of("/mnt/nas"))).contains(Path.of("/mnt/nas"));
        assertThat(table.unmounted(Path.of("/mnt/my stick/x"))).isEmpty();
        assertThat(table.unmounted(Path.of("/home/me"))).isEmpty();
    }
}

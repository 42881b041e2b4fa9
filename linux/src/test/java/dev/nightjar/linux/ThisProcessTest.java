package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ThisProcessTest {
    @Test
    void knowsItself() throws IOException {
        assertThat(ThisProcess.pid()).isEqualTo((int) ProcessHandle.current().pid());
        assertThat(ThisProcess.uid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        assertThat(ThisProcess.gid()).isEqualTo(Files.getAttribute(Path.of("/proc/self"), "unix:gid"));
        assertThat(ThisProcess.commandLine().getFirst()).endsWith("java".getBytes(StandardCharsets.UTF_8));
        for (Capability capability : Capability.values()) {
            boolean root = ThisProcess.uid() == 0;
            assertThat(ThisProcess.hasCapability(capability) && !root).isFalse();
        }
    }

    @Test
    void readsWhatProcSays() {
        assertThat(ThisProcess.effective("Name:\tx\nCapEff:\t0000000000200004\nCapBnd:\t1\n"))
                .isEqualTo(1L << Capability.SYS_ADMIN.bit | 1L << Capability.DAC_READ_SEARCH.bit);
        byte[] line = {'a', 0, 0, (byte) 0xff, 0};
        assertThat(ThisProcess.split(line)).containsExactly(new byte[] {'a'}, new byte[] {}, new byte[] {(byte) 0xff});
    }

    @Test
    void becomesPolite() throws IOException {
        // C20
        ThisProcess.idleIo();
        ThisProcess.nice(5);
        assertThat(nice("/proc/self/stat")).isEqualTo("5");
    }

    @Test
    void oneThreadBecomesHumbleAndNoOther() throws Exception {
        // C20
        String before = nice("/proc/thread-self/stat");
        String[] own = {""};
        Thread thread = Thread.ofPlatform().start(() -> {
            try {
                ThisProcess.humbleThread();
                own[0] = nice("/proc/thread-self/stat");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        thread.join();
        assertThat(own[0]).isEqualTo("19");
        assertThat(nice("/proc/thread-self/stat")).isEqualTo(before);
    }

    private static String nice(String file) throws IOException {
        String stat = Files.readString(Path.of(file));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[16];
    }
}

package dev.nightjar.feed.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;

/** Trees with names and depths that java.nio.file cannot handle. */
final class Trees {
    private Trees() {}

    static void remove(Path tree) throws IOException, InterruptedException {
        Process remove =
                new ProcessBuilder("rm", "-rf", tree.toString()).inheritIO().start();
        assertThat(remove.waitFor()).isZero();
    }
}

package dev.nightjar.feed.model;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Java programs of the test class path, in processes of their own. */
final class Programs {
    private Programs() {}

    static Process start(Class<?> main, String... arguments) throws IOException {
        String java = System.getProperty("java.home") + File.separator + "bin" + File.separator + "java";
        List<String> command = new ArrayList<>(List.of(
                java,
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}

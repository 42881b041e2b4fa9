package dev.nightjar.app.job;

import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.RawText;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/** The directory of one job: its catalog, {@code job.json}, password and control socket. */
public final class JobDirectory {
    private static final int HASH_BYTES = 8;

    private final Path path;

    JobDirectory(Path path) {
        this.path = path;
    }

    /** The directory's name for these roots, whatever their order. */
    static String nameOf(List<BytePath> roots) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            roots.stream().sorted().distinct().forEach(root -> {
                digest.update(root.bytes());
                digest.update((byte) 0);
            });
            return HexFormat.of().formatHex(digest.digest(), 0, HASH_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Path path() {
        return path;
    }

    /** The short name that {@code --job} takes too. */
    public String id() {
        return String.valueOf(path.getFileName());
    }

    public Path socket() {
        return path.resolve("control.sock");
    }

    public Path passwordFile() {
        return path.resolve("password");
    }

    /** Makes the directory, for its owner only. */
    public void create() throws IOException {
        PrivateFiles.makeDirectories(path);
    }

    /** What is known of the job; empty if nothing was stored yet. */
    public Optional<Job> load() throws IOException {
        Path file = path.resolve("job.json");
        try {
            return Optional.of(Job.of(JsonObject.parse(Files.readString(file))));
        } catch (NoSuchFileException _) {
            return Optional.empty();
        } catch (JacksonException | IllegalArgumentException e) {
            throw new JobFileException(file, e);
        }
    }

    public void save(Job job) throws IOException {
        create();
        PrivateFiles.write(path.resolve("job.json"), RawText.encode(job.json() + "\n"));
    }

    /** The password that is kept here, white space around it aside; empty if none is. */
    public byte[] loadPassword() throws IOException {
        try {
            return Passwords.trim(Files.readAllBytes(passwordFile()));
        } catch (NoSuchFileException _) {
            return new byte[0];
        }
    }

    public void savePassword(byte[] password) throws IOException {
        create();
        PrivateFiles.write(passwordFile(), password);
    }
}

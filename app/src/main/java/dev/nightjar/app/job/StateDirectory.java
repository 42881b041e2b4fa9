package dev.nightjar.app.job;

import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The directory where Nightjar keeps what it knows: {@code jobs/} and {@code repositories/}. */
public final class StateDirectory {
    /** A job and where it lives. */
    public record Known(JobDirectory directory, Job job) {}

    private final Path path;

    public StateDirectory(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    /**
     * Where the state is: the flag, {@code NIGHTJAR_STATE}, {@code /var/lib/nightjar} for root, else below
     * {@code XDG_STATE_HOME}.
     */
    public static StateDirectory locate(
            @Nullable String flag, Map<String, String> environment, Path workingDirectory, boolean isRoot) {
        String asked = flag != null ? flag : environment.getOrDefault("NIGHTJAR_STATE", "");
        if (!asked.isEmpty()) {
            return new StateDirectory(workingDirectory.resolve(asked));
        }
        if (isRoot) {
            return new StateDirectory(Path.of("/var/lib/nightjar"));
        }
        String xdg = environment.getOrDefault("XDG_STATE_HOME", "");
        Path base =
                xdg.startsWith("/") ? Path.of(xdg) : Path.of(environment.getOrDefault("HOME", "/"), ".local", "state");
        return new StateDirectory(base.resolve("nightjar"));
    }

    public Path path() {
        return path;
    }

    /** Where the caches of repositories are. */
    public Path repositories() {
        return path.resolve("repositories");
    }

    /** Makes the directory, for its owner only. */
    public void create() throws IOException {
        PrivateFiles.makeDirectories(path);
    }

    public JobDirectory job(List<BytePath> roots) {
        return new JobDirectory(path.resolve("jobs").resolve(JobDirectory.nameOf(roots)));
    }

    /** All jobs, by name. */
    public List<Known> jobs() throws IOException {
        List<Known> known = new ArrayList<>();
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(path.resolve("jobs"))) {
            for (Path directory : directories) {
                JobDirectory job = new JobDirectory(directory);
                job.load().ifPresent(stored -> known.add(new Known(job, stored)));
            }
        } catch (NoSuchFileException _) {
            return List.of();
        }
        known.sort(Comparator.comparing(one -> one.job().name()));
        return known;
    }

    /** The id of the repository that was seen at this address before, in hex. */
    public Optional<String> remembered(String address) throws IOException {
        for (Known known : jobs()) {
            String id = known.job().repositoryId();
            if (id != null && address.equals(known.job().repository())) {
                return Optional.of(id);
            }
        }
        return Optional.empty();
    }
}

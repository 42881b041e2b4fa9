package dev.nightjar.app.job;

import dev.nightjar.app.output.JsonObject;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is known of a job from the commands that used it before: {@code job.json}.
 *
 * @param roots sorted and canonical; the job's identity
 * @param selection what is left out of them
 * @param repository its address; null for a job that only tells changes
 * @param repositoryId the id found there, in hex; null until it was opened once
 * @param password where its password comes from; null if it must be asked for each time
 * @param every the cadence that was asked for; null if nobody did
 */
public record Job(
        List<BytePath> roots,
        JobSelection selection,
        @Nullable String repository,
        @Nullable String repositoryId,
        @Nullable PasswordSource password,
        @Nullable Duration every,
        List<String> tags,
        @Nullable String host) {

    public Job {
        roots = roots.stream().sorted().distinct().toList();
        tags = List.copyOf(tags);
    }

    public static Job of(List<BytePath> roots, JobSelection selection) {
        return new Job(roots, selection, null, null, null, null, List.of(), null);
    }

    public Job withSelection(JobSelection other) {
        return new Job(roots, other, repository, repositoryId, password, every, tags, host);
    }

    public Job withRepository(@Nullable String address, @Nullable String id) {
        return new Job(roots, selection, address, id, password, every, tags, host);
    }

    public Job withPassword(@Nullable PasswordSource source) {
        return new Job(roots, selection, repository, repositoryId, source, every, tags, host);
    }

    public Job withCadence(@Nullable Duration cadence) {
        return new Job(roots, selection, repository, repositoryId, password, cadence, tags, host);
    }

    public Job withLabels(List<String> newTags, @Nullable String newHost) {
        return new Job(roots, selection, repository, repositoryId, password, every, newTags, newHost);
    }

    /** Whether the path is one of the roots or below one. */
    public boolean covers(BytePath path) {
        return roots.stream().anyMatch(path::startsWith);
    }

    /** What people call it: the last names of its roots. */
    public String name() {
        return String.join(",", roots.stream().map(Job::lastName).toList());
    }

    private static String lastName(BytePath root) {
        Name name = root.name();
        return name == null ? "/" : name.toArgument();
    }

    JsonObject json() {
        JsonObject json = JsonObject.message("job")
                .put(
                        "roots",
                        roots.stream()
                                .map(root -> new JsonObject().putPath("path", root.toArgument()))
                                .toList())
                .put("selection", selection.json());
        json.putIfKnown("repository", repository).putIfKnown("repository_id", repositoryId);
        if (password != null) {
            json.put("password", password.json());
        }
        if (every != null) {
            json.putSeconds("every", every);
        }
        return json.put("tags", tags).putIfKnown("host", host);
    }

    static Job of(JsonObject json) {
        List<BytePath> roots = json.objects("roots").stream()
                .map(root -> root.path("path"))
                .filter(path -> path != null)
                .map(BytePath::of)
                .toList();
        JsonObject selection = json.object("selection");
        JsonObject password = json.object("password");
        return new Job(
                roots,
                selection == null ? JobSelection.DEFAULT : JobSelection.of(selection),
                json.string("repository"),
                json.string("repository_id"),
                password == null ? null : PasswordSource.of(password),
                json.has("every") ? Duration.ofMillis(Math.round(json.decimal("every", 0) * 1000)) : null,
                json.strings("tags"),
                json.string("host"));
    }
}

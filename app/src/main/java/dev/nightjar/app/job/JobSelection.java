package dev.nightjar.app.job;

import dev.nightjar.app.output.JsonObject;
import java.util.List;

/**
 * The flags that say what is left out, as the user gave them.
 *
 * @param excludes patterns
 * @param excludeFiles files of patterns, absolute; read anew at each start
 * @param excludeCaches whether directories with a CACHEDIR.TAG are left out
 * @param oneFileSystem whether what is mounted below a root is left out
 */
public record JobSelection(
        List<String> excludes, List<String> excludeFiles, boolean excludeCaches, boolean oneFileSystem) {

    public static final JobSelection DEFAULT = new JobSelection(List.of(), List.of(), false, true);

    public JobSelection {
        excludes = List.copyOf(excludes);
        excludeFiles = List.copyOf(excludeFiles);
    }

    JsonObject json() {
        return new JsonObject()
                .put("excludes", excludes.stream().map(JobSelection::exact).toList())
                .put(
                        "exclude_files",
                        excludeFiles.stream().map(JobSelection::exact).toList())
                .put("exclude_caches", excludeCaches)
                .put("one_file_system", oneFileSystem);
    }

    static JobSelection of(JsonObject json) {
        return new JobSelection(
                texts(json, "excludes"),
                texts(json, "exclude_files"),
                json.flag("exclude_caches"),
                json.flag("one_file_system"));
    }

    private static JsonObject exact(String text) {
        return new JsonObject().putPath("text", text);
    }

    private static List<String> texts(JsonObject json, String name) {
        return json.objects(name).stream()
                .map(item -> item.path("text"))
                .filter(text -> text != null)
                .toList();
    }
}

package dev.nightjar.feed.selection;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is part of a job. Immutable, and pure: it is told what files contain, and opens none. */
public final class Selection {
    /** The file in any directory whose patterns speak of that directory and all below. */
    public static final Name IGNORE_FILE = Name.of(".nightjarignore");

    /** The file that marks a cache, see <a href="https://bford.info/cachedir/">bford.info/cachedir</a>. */
    public static final Name CACHE_TAG = Name.of("CACHEDIR.TAG");

    private static final byte[] CACHE_SIGNATURE =
            "Signature: 8a477f597d28d172789f06886806bc55".getBytes(StandardCharsets.US_ASCII);

    /** How many bytes of a {@link #CACHE_TAG} {@link #isCacheTag} wants to see. */
    public static final int CACHE_SIGNATURE_LENGTH = CACHE_SIGNATURE.length;

    // Only what programs make again by themselves, and what was thrown away.
    private static final List<String> DEFAULT_PATTERNS = List.of(
            ".cache/",
            ".thumbnails/",
            ".Trash/",
            ".Trash-*/",
            "**/.local/share/Trash/",
            "**/.local/share/baloo/",
            "**/.var/app/*/cache/",
            "**/.config/*/**/Cache/",
            "**/.config/*/**/Code Cache/",
            "**/.config/*/**/GPUCache/",
            "**/.config/*/**/ShaderCache/",
            "**/.config/*/**/GrShaderCache/",
            "**/.config/*/**/Service Worker/CacheStorage/",
            "**/.mozilla/firefox/*/cache2/",
            "**/.mozilla/firefox/*/startupCache/",
            "**/.nv/ComputeCache/",
            "**/.npm/_cacache/",
            "**/.gradle/caches/",
            ".ccache/",
            "lost+found/");

    private final SelectionRules rules;
    private final List<Rule> excludes;
    private final List<Rule> excludeFiles;
    private final List<Rule> defaults;

    private Selection(SelectionRules rules) {
        this.rules = rules;
        this.excludes = parse("--exclude", rules.excludes());
        List<Rule> fromFiles = new ArrayList<>();
        for (SelectionRules.PatternFile file : rules.excludeFiles()) {
            fromFiles.addAll(Rule.parseFile(file.name(), file.content()));
        }
        this.excludeFiles = List.copyOf(fromFiles);
        this.defaults = rules.defaults() ? parse("Nightjar's defaults", DEFAULT_PATTERNS) : List.of();
    }

    /** The selection that these flags describe. */
    public static Selection of(SelectionRules rules) {
        return new Selection(rules);
    }

    private static List<Rule> parse(String source, List<String> patterns) {
        List<Rule> parsed = new ArrayList<>();
        for (String pattern : patterns) {
            Rule rule = Rule.parse(source, bytes(pattern));
            if (rule != null) {
                parsed.add(rule);
            }
        }
        return List.copyOf(parsed);
    }

    /** As {@link Name#of(String)} reads text, but with the slashes. */
    private static byte[] bytes(String pattern) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        String separator = "";
        for (String part : pattern.split("/", -1)) {
            bytes.writeBytes(separator.getBytes(StandardCharsets.US_ASCII));
            bytes.writeBytes(part.isEmpty() ? new byte[0] : Name.of(part).bytes());
            separator = "/";
        }
        return bytes.toByteArray();
    }

    /** The patterns that are left out by default: what programs make again by themselves, and trash. */
    public static List<String> defaultPatterns() {
        return DEFAULT_PATTERNS;
    }

    /** The flags this came from. */
    public SelectionRules rules() {
        return rules;
    }

    /** Whether the first bytes of a {@link #CACHE_TAG} carry the signature that makes it one. */
    public static boolean isCacheTag(byte[] head) {
        return head.length >= CACHE_SIGNATURE.length
                && Arrays.equals(head, 0, CACHE_SIGNATURE.length, CACHE_SIGNATURE, 0, CACHE_SIGNATURE.length);
    }

    /**
     * The rules for the entries of a root. A root itself is always part of the selection.
     *
     * @param root its absolute path
     * @param ignoreFile the bytes of its {@code .nightjarignore}, null if it has none
     * @param cacheTag whether it has a {@code CACHEDIR.TAG} for which {@link #isCacheTag} holds
     */
    public DirectoryRules judgeRoot(BytePath root, byte @Nullable [] ignoreFile, boolean cacheTag) {
        byte[][] names = root.names().stream().map(Name::bytes).toArray(byte[][]::new);
        return DirectoryRules.ofRoot(this, names, ignoreFile, cacheTag);
    }

    /**
     * Identifies the flags: equal for equal flags, also on another machine and after an upgrade with the same defaults.
     * What is in {@code .nightjarignore} files has no part in it: a change there is a gap of its directory.
     *
     * @return 16 hexadecimal digits
     */
    public String hash() {
        MessageDigest digest = sha256();
        update(digest, rules.excludes().stream().map(Selection::bytes).toList());
        update(
                digest,
                rules.excludeFiles().stream()
                        .map(SelectionRules.PatternFile::content)
                        .toList());
        List<String> ours = rules.defaults() ? DEFAULT_PATTERNS : List.of();
        update(digest, ours.stream().map(Selection::bytes).toList());
        digest.update((byte) (rules.excludeCaches() ? 1 : 0));
        digest.update((byte) (rules.oneFileSystem() ? 1 : 0));
        return HexFormat.of().formatHex(digest.digest(), 0, 8);
    }

    private static void update(MessageDigest digest, List<byte[]> parts) {
        digest.update(ByteBuffer.allocate(4).putInt(parts.size()).flip());
        for (byte[] part : parts) {
            digest.update(ByteBuffer.allocate(4).putInt(part.length).flip());
            digest.update(part);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    List<Rule> excludes() {
        return excludes;
    }

    List<Rule> excludeFiles() {
        return excludeFiles;
    }

    List<Rule> defaults() {
        return defaults;
    }
}

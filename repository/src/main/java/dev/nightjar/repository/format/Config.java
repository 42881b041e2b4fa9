package dev.nightjar.repository.format;

import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.chunker.Chunker;
import dev.nightjar.repository.chunker.Polynomial;

/**
 * A repository's config file.
 *
 * @param version 1 or 2
 * @param polynomial of the chunker
 * @param chunker empty or {@code rabin} for restic's chunker; rustic knows others
 * @param chunkAverage in bytes, a power of two; and the least and the largest chunk
 * @param appendOnly rustic's mark: nothing but locks may be removed
 */
public record Config(
        int version,
        Id id,
        long polynomial,
        String chunker,
        int chunkAverage,
        int chunkMin,
        int chunkMax,
        boolean appendOnly) {
    private static final int AVERAGE = 1 << 20;
    private static final int MIN = 512 << 10;
    private static final int MAX = 8 << 20;

    /** Larger chunks need more memory than a backup in the background may take. */
    private static final int LARGEST_MAX = 64 << 20;

    /** Whether files are to be cut as they are here: by restic's chunker, into pieces of lengths that it can do with. */
    public boolean isCutAsHere() {
        return (chunker.isEmpty() || chunker.equals("rabin"))
                && Polynomial.degree(polynomial) == Polynomial.DEGREE
                && chunkAverage > 0
                && Integer.bitCount(chunkAverage) == 1
                && chunkMin >= Chunker.LEAST
                && chunkMin <= chunkMax
                && chunkMax <= LARGEST_MAX;
    }

    /** The config of a new repository, version 2. */
    public static Config create(Id id, long polynomial) {
        return new Config(2, id, polynomial, "", AVERAGE, MIN, MAX, false);
    }

    /** Its plain bytes, as restic writes them. */
    public byte[] encode() {
        return Json.write(g -> {
            g.writeNumberProperty("version", version);
            g.writeStringProperty("id", id.hex());
            g.writeStringProperty("chunker_polynomial", Long.toHexString(polynomial));
        });
    }

    /** Reads the plain bytes. */
    public static Config decode(byte[] bytes) throws RepositoryException {
        var fields = new Object() {
            int version;
            String id = "";
            String polynomial = "";
            String chunker = "";
            int average = AVERAGE;
            int min = MIN;
            int max = MAX;
            boolean appendOnly;
        };
        Json.read("the repository's config", bytes, (name, p) -> {
            switch (name) {
                case "version" -> fields.version = p.getIntValue();
                case "id" -> fields.id = p.getString();
                case "chunker_polynomial" -> fields.polynomial = p.getString();
                case "chunker" -> fields.chunker = Json.string(p);
                case "chunk_size" -> fields.average = p.getValueAsInt(AVERAGE);
                case "chunk_min_size" -> fields.min = p.getValueAsInt(MIN);
                case "chunk_max_size" -> fields.max = p.getValueAsInt(MAX);
                case "append_only" -> fields.appendOnly = p.getValueAsBoolean(false);
                default -> {}
            }
        });
        try {
            return new Config(
                    fields.version,
                    Id.parse(fields.id),
                    Long.parseUnsignedLong(fields.polynomial, 16),
                    fields.chunker,
                    fields.average,
                    fields.min,
                    fields.max,
                    fields.appendOnly);
        } catch (IllegalArgumentException e) {
            throw new CorruptException(
                    "the repository's config cannot be understood", String.valueOf(e.getMessage()), e);
        }
    }
}

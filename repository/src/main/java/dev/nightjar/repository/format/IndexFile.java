package dev.nightjar.repository.format;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.IndexVisitor;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.RepositoryException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** The JSON of an index file. */
public final class IndexFile {
    /** A header could name no more. */
    private static final int MOST_BLOBS = PackHeader.LARGEST / 37;

    private IndexFile() {}

    /** The JSON that names these packs. */
    public static byte[] encode(Map<Id, List<PackLocation>> packs) {
        return Json.write(g -> {
            g.writeName("packs");
            g.writeStartArray();
            packs.forEach((pack, blobs) -> {
                g.writeStartObject();
                g.writeStringProperty("id", pack.hex());
                g.writeName("blobs");
                g.writeStartArray();
                for (PackLocation blob : blobs) {
                    g.writeStartObject();
                    g.writeStringProperty("id", blob.blob().hex());
                    g.writeStringProperty("type", blob.type() == BlobType.DATA ? "data" : "tree");
                    g.writeNumberProperty("offset", blob.offset());
                    g.writeNumberProperty("length", blob.length());
                    if (blob.rawLength() != 0) {
                        g.writeNumberProperty("uncompressed_length", blob.rawLength());
                    }
                    g.writeEndObject();
                }
                g.writeEndArray();
                g.writeEndObject();
            });
            g.writeEndArray();
        });
    }

    /** Reads an index of any age; {@code what} names it in errors. */
    public static void decode(String what, InputStream in, IndexVisitor visitor) throws RepositoryException {
        Json.read(what, in, p -> {
            if (p.currentToken() == JsonToken.START_ARRAY) {
                // Before 2015 an index was the bare list of packs.
                Json.array(p, pack -> pack(pack, false, visitor));
                return;
            }
            Json.object(p, (name, value) -> {
                switch (name) {
                    case "packs" -> Json.array(value, pack -> pack(pack, false, visitor));
                    case "packs_to_delete" -> Json.array(value, pack -> pack(pack, true, visitor));
                    default -> {}
                }
            });
        });
    }

    private static void pack(JsonParser parser, boolean condemned, IndexVisitor visitor) throws RepositoryException {
        var fields = new Object() {
            @Nullable
            Id pack;
        };
        List<Blob> early = new ArrayList<>();
        Json.object(parser, (name, p) -> {
            switch (name) {
                case "id" -> fields.pack = Id.parse(p.getString());
                case "blobs" ->
                    Json.array(p, b -> {
                        Blob blob = blob(b);
                        Id pack = fields.pack;
                        if (pack == null) {
                            if (early.size() == MOST_BLOBS) {
                                throw new IllegalArgumentException("a pack has more blobs than it can have");
                            }
                            early.add(blob);
                        } else {
                            visitor.blob(blob.in(pack), condemned);
                        }
                    });
                default -> {}
            }
        });
        Id pack = fields.pack;
        if (pack == null) {
            throw new IllegalArgumentException("a pack has no id");
        }
        for (Blob blob : early) {
            visitor.blob(blob.in(pack), condemned);
        }
    }

    private record Blob(BlobType type, Id id, int offset, int length, int rawLength) {
        PackLocation in(Id pack) {
            return new PackLocation(pack, type, id, offset, length, rawLength);
        }
    }

    private static Blob blob(JsonParser parser) throws RepositoryException {
        var fields = new Object() {
            @Nullable
            Id id;

            String type = "";
            int offset;
            int length;
            int rawLength;
        };
        Json.object(parser, (name, p) -> {
            switch (name) {
                case "id" -> fields.id = Id.parse(p.getString());
                case "type" -> fields.type = p.getString();
                case "offset" -> fields.offset = p.getIntValue();
                case "length" -> fields.length = p.getIntValue();
                case "uncompressed_length" -> fields.rawLength = p.getIntValue();
                default -> {}
            }
        });
        Id id = fields.id;
        if (id == null || fields.offset < 0 || fields.length < Envelope.OVERHEAD || fields.rawLength < 0) {
            throw new IllegalArgumentException("a blob lacks its id, or has an impossible place");
        }
        BlobType type = switch (fields.type) {
            case "data" -> BlobType.DATA;
            case "tree" -> BlobType.TREE;
            default -> throw new IllegalArgumentException("blob type " + fields.type);
        };
        return new Blob(type, id, fields.offset, fields.length, fields.rawLength);
    }
}

package dev.nightjar.repository.format;

import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.RepositoryException;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Reads and writes JSON field by field. Unknown fields are passed over. */
final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();

    private Json() {}

    /** Handles one field; the parser stands on its value. What is not consumed is skipped. */
    @FunctionalInterface
    interface Fields {
        void field(String name, JsonParser parser) throws RepositoryException;
    }

    /** Handles one element of an array; the parser stands on it. */
    @FunctionalInterface
    interface Element {
        void read(JsonParser parser) throws RepositoryException;
    }

    /** Reads the one object in {@code bytes}; {@code what} names the file in errors. */
    static void read(String what, byte[] bytes, Fields fields) throws RepositoryException {
        guarded(what, () -> {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes)) {
                parser.nextToken();
                object(parser, fields);
            }
        });
    }

    /** Reads from a stream with this handler. */
    static void read(String what, InputStream in, Element document) throws RepositoryException {
        guarded(what, () -> {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), in)) {
                parser.nextToken();
                document.read(parser);
            }
        });
    }

    @FunctionalInterface
    private interface Reading {
        void run() throws RepositoryException;
    }

    private static void guarded(String what, Reading reading) throws RepositoryException {
        try {
            reading.run();
        } catch (JacksonException | IllegalArgumentException | DateTimeException e) {
            throw new CorruptException(what + " cannot be understood", String.valueOf(e.getMessage()), e);
        }
    }

    /** Reads the object that the parser stands on. */
    static void object(JsonParser parser, Fields fields) throws RepositoryException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new IllegalArgumentException("an object is expected, not " + parser.currentToken());
        }
        while (true) {
            String name = parser.nextName();
            if (name == null) {
                if (parser.currentToken() != JsonToken.END_OBJECT) {
                    throw new IllegalArgumentException("the object does not end");
                }
                return;
            }
            parser.nextToken();
            fields.field(name, parser);
            skip(parser);
        }
    }

    /** Reads the array, or null, that the parser stands on. */
    static void array(JsonParser parser, Element element) throws RepositoryException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw new IllegalArgumentException("an array is expected, not " + parser.currentToken());
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null) {
                throw new IllegalArgumentException("the array does not end");
            }
            element.read(parser);
            skip(parser);
        }
    }

    static List<String> strings(JsonParser parser) throws RepositoryException {
        List<String> strings = new ArrayList<>();
        array(parser, p -> strings.add(string(p)));
        return strings;
    }

    /** The string that the parser stands on; null reads as empty. */
    static String string(JsonParser parser) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> "";
            default -> throw new IllegalArgumentException("a string is expected, not " + parser.currentToken());
        };
    }

    private static void skip(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_OBJECT || parser.currentToken() == JsonToken.START_ARRAY) {
            parser.skipChildren();
        }
    }

    /** Writes one object. */
    static byte[] write(Consumer<JsonGenerator> fields) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            generator.writeStartObject();
            fields.accept(generator);
            generator.writeEndObject();
        }
        return out.toByteArray();
    }

    /** The one object in {@code bytes} as it is, but without these fields, and with others after what is left. */
    static byte[] rewrite(String what, byte[] bytes, Set<String> without, Consumer<JsonGenerator> added)
            throws RepositoryException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        guarded(what, () -> {
            try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), bytes);
                    JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                parser.nextToken();
                generator.writeStartObject();
                object(parser, (name, p) -> {
                    if (!without.contains(name)) {
                        generator.writeName(name);
                        generator.copyCurrentStructure(p);
                    }
                });
                added.accept(generator);
                generator.writeEndObject();
            }
        });
        return out.toByteArray();
    }

    static void strings(JsonGenerator generator, String name, List<String> values) {
        generator.writeName(name);
        generator.writeStartArray();
        for (String value : values) {
            generator.writeString(value);
        }
        generator.writeEndArray();
    }
}

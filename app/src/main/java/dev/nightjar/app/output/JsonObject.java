package dev.nightjar.app.output;

import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** A JSON object whose members keep their order; one line as text. Not safe for use by several threads. */
public final class JsonObject {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, @Nullable Object> members = new LinkedHashMap<>();

    /** An object whose first member says what it is. */
    public static JsonObject message(String type) {
        return new JsonObject().put("message_type", type);
    }

    public JsonObject put(String name, String value) {
        members.put(name, value);
        return this;
    }

    public JsonObject put(String name, long value) {
        members.put(name, value);
        return this;
    }

    public JsonObject put(String name, boolean value) {
        members.put(name, value);
        return this;
    }

    /** A duration in seconds, to the millisecond. */
    public JsonObject putSeconds(String name, java.time.Duration duration) {
        members.put(name, duration.toMillis() / 1000.0);
        return this;
    }

    public JsonObject put(String name, JsonObject value) {
        members.put(name, value);
        return this;
    }

    /** Strings, numbers, booleans or objects. */
    public JsonObject put(String name, List<?> values) {
        members.put(name, List.copyOf(values));
        return this;
    }

    /** Leaves the member out if there is no value: absent means unknown. */
    public JsonObject putIfKnown(String name, @Nullable String value) {
        return value == null ? this : put(name, value);
    }

    /** A path in the form of {@link RawText}; NAME_b64 holds its bytes exactly when the text cannot. */
    public JsonObject putPath(String name, String path) {
        put(name, RawText.readable(path));
        return RawText.isFaithful(path)
                ? this
                : put(name + "_b64", Base64.getEncoder().encodeToString(RawText.encode(path)));
    }

    /** Reads what {@link #putPath} wrote. */
    public @Nullable String path(String name) {
        String exact = string(name + "_b64");
        return exact == null ? string(name) : RawText.decode(Base64.getDecoder().decode(exact));
    }

    public @Nullable String string(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    public long number(String name, long otherwise) {
        return members.get(name) instanceof Number number ? number.longValue() : otherwise;
    }

    /** A number of seconds. */
    public double decimal(String name, double otherwise) {
        return members.get(name) instanceof Number number ? number.doubleValue() : otherwise;
    }

    public boolean flag(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    public boolean has(String name) {
        return members.containsKey(name);
    }

    public @Nullable JsonObject object(String name) {
        return members.get(name) instanceof JsonObject object ? object : null;
    }

    public List<JsonObject> objects(String name) {
        return list(name, JsonObject.class);
    }

    public List<String> strings(String name) {
        return list(name, String.class);
    }

    private <T> List<T> list(String name, Class<T> type) {
        return members.get(name) instanceof List<?> list
                ? list.stream().filter(type::isInstance).map(type::cast).toList()
                : List.of();
    }

    /** The value of {@code message_type}, or an empty string. */
    public String type() {
        String type = string("message_type");
        return type == null ? "" : type;
    }

    /** The object as one line, without its end of line. */
    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, this);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        switch (value) {
            case null -> generator.writeNull();
            case JsonObject object -> {
                generator.writeStartObject();
                object.members.forEach((name, member) -> {
                    generator.writeName(name);
                    write(generator, member);
                });
                generator.writeEndObject();
            }
            case List<?> list -> {
                generator.writeStartArray();
                list.forEach(item -> write(generator, item));
                generator.writeEndArray();
            }
            case String text -> generator.writeString(RawText.readable(text));
            case Boolean flag -> generator.writeBoolean(flag);
            case Double decimal -> generator.writeNumber(decimal);
            case Number number -> generator.writeNumber(number.longValue());
            default -> throw new IllegalArgumentException("not JSON: " + value.getClass());
        }
    }

    /**
     * Reads one object.
     *
     * @throws JacksonException if the text is not a JSON object
     */
    public static JsonObject parse(String text) {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            Object value = read(parser, parser.nextToken());
            if (value instanceof JsonObject object) {
                return object;
            }
            throw new tools.jackson.core.exc.StreamReadException(parser, "not an object");
        }
    }

    private static @Nullable Object read(JsonParser parser, @Nullable JsonToken token) {
        if (token == null) {
            throw new tools.jackson.core.exc.StreamReadException(parser, "ends too early");
        }
        return switch (token) {
            case START_OBJECT -> {
                JsonObject object = new JsonObject();
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String name = parser.currentName();
                    object.members.put(name, read(parser, parser.nextToken()));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (JsonToken next = parser.nextToken(); next != JsonToken.END_ARRAY; next = parser.nextToken()) {
                    list.add(read(parser, next));
                }
                yield list;
            }
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT -> parser.getLongValue();
            case VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> null;
        };
    }
}

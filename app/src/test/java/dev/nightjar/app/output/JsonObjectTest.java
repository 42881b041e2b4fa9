package dev.nightjar.app.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JacksonException;

final class JsonObjectTest {
    @Test
    void isOneLineInOrder() {
        JsonObject json = JsonObject.message("x").put("n", 3).put("t", "a\nb").putSeconds("s", Duration.ofMillis(250));
        assertThat(json.put("l", List.of("p", "q")))
                .hasToString("{\"message_type\":\"x\",\"n\":3,\"t\":\"a\\nb\",\"s\":0.25,\"l\":[\"p\",\"q\"]}");
    }

    @Test
    void keepsThePathsBytesWhenTextCannot() {
        String raw = RawText.decode(new byte[] {'/', (byte) 0xfe});
        JsonObject json = new JsonObject().putPath("path", raw).putPath("from", "/ok");
        assertThat(json).hasToString("{\"path\":\"/\uFFFD\",\"path_b64\":\"L/4=\",\"from\":\"/ok\"}");
        assertThat(JsonObject.parse(json.toString()).path("path")).isEqualTo(raw);
    }

    @Test
    void readsWhatItWrote() {
        String text = "{\"a\":[{\"b\":1},{\"b\":2}],\"c\":true,\"d\":null,\"e\":1.5,\"f\":{}}";
        JsonObject json = JsonObject.parse(text);
        assertThat(json).hasToString(text.replace("\"d\":null", "\"d\":null"));
        assertThat(json.objects("a")).hasSize(2);
        assertThat(json.flag("c")).isTrue();
        assertThat(json.decimal("e", 0)).isEqualTo(1.5);
    }

    @Test
    void refusesWhatIsNone() {
        for (String text : List.of("", "[1]", "{\"a\":", "{\"a\" 1}", "nonsense")) {
            assertThatThrownBy(() -> JsonObject.parse(text)).as(text).isInstanceOf(JacksonException.class);
        }
    }
}

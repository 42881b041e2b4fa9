package dev.nightjar.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CursorTest {
    @Test
    void textAndBack() throws FeedException {
        Cursor cursor = new Cursor("4f2a0c11", 88123, "9e107d9d");
        assertThat(cursor.text()).isEqualTo("nj1:4f2a0c11:88123:9e107d9d");
        assertThat(Cursor.parse(cursor.text())).isEqualTo(cursor);
        Cursor within = new Cursor("4f2a0c11", 88123, "9e107d9d", 99000);
        assertThat(within.text()).isEqualTo("nj1:4f2a0c11:88123:9e107d9d:99000");
        assertThat(Cursor.parse(within.text())).isEqualTo(within);
    }

    @Test
    void whatIsNoCursorIsRefused() {
        assertThatThrownBy(() -> Cursor.parse("nj1:x:1")).isInstanceOf(FeedException.class);
        assertThatThrownBy(() -> Cursor.parse("")).isInstanceOf(FeedException.class);
    }
}

package dev.nightjar.app.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

final class PasswordTest {
    @Test
    void madeOnesAreSixGroupsOfFive() {
        String password = PasswordMaker.make(new SecureRandom());
        assertThat(password).matches("[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){5}");
        assertThat(PasswordMaker.make(new SecureRandom())).isNotEqualTo(password);
    }

    @Test
    void commandsAreSplitAsResticDoes() {
        assertThat(ShellWords.split("pass show 'my nas' \"a b\"c  d\\ e"))
                .containsExactly("pass", "show", "my nas", "a bc", "d e");
        assertThatThrownBy(() -> ShellWords.split("a 'b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> ShellWords.split("  ")).isInstanceOf(IllegalArgumentException.class);
    }
}

package dev.nightjar.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class QuotingTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\0', textBlock = """
            plain.txt       | plain.txt
            /home/me/x-1    | /home/me/x-1
            a b             | 'a b'
            it's            | "it's"
            it's "x"        | 'it'\\''s "x"'
            $x              | '$x'
            {a,b}           | '{a,b}'
            #x              | '#x'
            a#x             | a#x
            ~x              | '~x'
            größe           | größe
            """)
    void showsNamesAsLsDoes(String name, String shown) {
        assertThat(Quoting.quote(name)).isEqualTo(shown);
    }

    @Test
    void hidesWhatMovesTheCursorOrMisleads() {
        assertThat(Quoting.quote("x\033y")).isEqualTo("'x'$'\\033''y'");
        assertThat(Quoting.quote("a\nb")).isEqualTo("'a'$'\\n''b'");
        assertThat(Quoting.quote("\n")).isEqualTo("''$'\\n'");
        assertThat(Quoting.quote("a\u202Eb")).isEqualTo("'a'$'\\342\\200\\256''b'");
        assertThat(Quoting.quote("")).isEqualTo("''");
    }

    @Test
    void showsBytesThatAreNoText() { // C2
        byte[] bytes = {'a', (byte) 0xff, 'b'};
        assertThat(Quoting.quote(RawText.decode(bytes))).isEqualTo("'a'$'\\377''b'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "it's", "x\033\ty'\"", "a\u202Eb", "-n", "a\\b", "!x", "two\nlines'", "*?[x]", "''", "ä'\n"})
    void canBePastedIntoAShell(String name) throws IOException {
        Process shell = new ProcessBuilder("bash", "-c", "printf %s " + Quoting.quote(name)).start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(name);
    }

    @Test
    void shortensInTheMiddle() {
        assertThat(Quoting.shorten("/home/me/Documents/report.odt", 20)).hasSize(20).startsWith("/home/me").endsWith("port.odt");
        assertThat(Quoting.shorten("short", 20)).isEqualTo("short");
    }
}

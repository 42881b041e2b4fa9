package dev.nightjar.repository.look;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The records of a pax extended header, {@code "LENGTH KEY=VALUE\n"} each, where LENGTH counts the whole record, itself
 * included (POSIX.1-2017, pax, "pax Extended Header").
 */
final class PaxRecords {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void add(String key, String value) {
        add(key.getBytes(StandardCharsets.UTF_8), value.getBytes(StandardCharsets.UTF_8));
    }

    void add(String key, byte[] value) {
        add(key.getBytes(StandardCharsets.UTF_8), value);
    }

    void add(byte[] key, byte[] value) {
        int rest = 1 + key.length + 1 + value.length + 1;
        int length = rest + digits(rest);
        if (digits(length) != digits(rest)) {
            length = rest + digits(length);
        }
        bytes.writeBytes(Integer.toString(length).getBytes(StandardCharsets.US_ASCII));
        bytes.write(' ');
        bytes.writeBytes(key);
        bytes.write('=');
        bytes.writeBytes(value);
        bytes.write('\n');
    }

    private static int digits(int number) {
        return Integer.toString(number).length();
    }

    boolean isEmpty() {
        return bytes.size() == 0;
    }

    byte[] toBytes() {
        return bytes.toByteArray();
    }
}

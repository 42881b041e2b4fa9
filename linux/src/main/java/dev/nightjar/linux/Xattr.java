package dev.nightjar.linux;

import java.util.Arrays;

/**
 * One extended attribute. Arrays are taken and given as they are: whoever has one does not change it.
 *
 * @param name with its namespace ("user.mime"); bytes that are not UTF-8 as in {@link BytePath#of(String)}
 */
public record Xattr(String name, byte[] value) {
    @Override
    public boolean equals(Object other) {
        return other instanceof Xattr(String otherName, byte[] otherValue)
                && name.equals(otherName)
                && Arrays.equals(value, otherValue);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return name + "=" + value.length + " bytes";
    }
}

package dev.nightjar.linux;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * The C library's words for error numbers, in the language of the process: the reason that exceptions of {@code java.nio}
 * give, which do not have the number.
 */
public final class ErrorText {
    private static final MemorySegment STRERROR = Libc.function("strerror");

    private ErrorText() {}

    /** The words for an error number of Linux (asm-generic/errno.h). */
    public static String of(int errno) {
        long address = Libc.callLong(STRERROR, Scratch.get(), errno, 0, 0, 0, 0);
        MemorySegment text = MemorySegment.ofAddress(address).reinterpret(Long.MAX_VALUE);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte b = text.get(ValueLayout.JAVA_BYTE, 0); b != 0; b = text.get(ValueLayout.JAVA_BYTE, bytes.size())) {
            bytes.write(b);
        }
        return bytes.toString(charset());
    }

    /** What the JDK decodes the system's texts with. */
    private static Charset charset() {
        String name = System.getProperty("sun.jnu.encoding", "UTF-8");
        return Charset.isSupported(name) ? Charset.forName(name) : StandardCharsets.UTF_8;
    }
}

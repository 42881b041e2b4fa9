package dev.nightjar.linux;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/**
 * How functions of the C library are found and called. errno is captured into the first argument, which costs 2 ns. Nothing
 * is {@code critical}, which would hold up the collector for as long as the call blocks.
 *
 * <p>All calls go through one handle, of five 64-bit arguments: linking each function by its own signature took 15 ms of CPU
 * time apiece at every start, 0.4 s together, against 0.3 ms for finding its address. The calling conventions of x86-64 and
 * arm64 allow it: up to six integers and pointers travel in whole registers, variadic ones too, a callee looks only at the
 * bits of its parameter's type, and never at registers it has no parameter for. What comes back is as wide as the C type:
 * hence {@link #callInt} and {@link #callLong}.
 *
 * <p>An address is a plain number here, so the caller holds on to the memory until the call is over.
 */
final class Libc {
    static final StructLayout CAPTURE = Linker.Option.captureStateLayout();

    private static final long ERRNO = CAPTURE.byteOffset(PathElement.groupElement("errno"));
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    private static final MethodHandle CALL = LINKER.downcallHandle(
            FunctionDescriptor.of(LONG, LONG, LONG, LONG, LONG, LONG), Linker.Option.captureCallState("errno"));

    private Libc() {}

    /** The function with this name. */
    static MemorySegment function(String name) {
        return LIBC.find(name)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "the C library has no " + name + ": Nightjar needs glibc 2.36 or newer"));
    }

    /** Calls a function that returns int: its result, or a negated errno. */
    static int callInt(MemorySegment function, Scratch s, long a, long b, long c, long d, long e) {
        int result = (int) call(function, s, a, b, c, d, e);
        return result >= 0 ? result : -s.capture.get(ValueLayout.JAVA_INT, ERRNO);
    }

    /** Calls a function that returns long or ssize_t: its result, or a negated errno. */
    static long callLong(MemorySegment function, Scratch s, long a, long b, long c, long d, long e) {
        long result = call(function, s, a, b, c, d, e);
        return result >= 0 ? result : -s.capture.get(ValueLayout.JAVA_INT, ERRNO);
    }

    /** Calls a function without arguments that cannot fail: all 32 bits of its result. */
    static int callUnfailing(MemorySegment function, Scratch s) {
        return (int) call(function, s, 0, 0, 0, 0, 0);
    }

    private static long call(MemorySegment function, Scratch s, long a, long b, long c, long d, long e) {
        try {
            return (long) CALL.invokeExact(function, s.capture, a, b, c, d, e);
        } catch (RuntimeException | Error thrown) {
            throw thrown;
        } catch (Throwable thrown) {
            throw new AssertionError(thrown);
        }
    }
}

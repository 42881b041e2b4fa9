package dev.nightjar.linux;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * How functions of the C library are found and called. Every handle captures errno into its first argument, which costs
 * 2 ns; none is {@code critical}, which would hold up the collector for as long as the call blocks.
 *
 * <p>The call classes built on this ({@code FileCalls} and its sisters) return what the kernel's own entry does: a result of
 * zero or more, or a negated errno.
 */
final class Libc {
    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT;
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG;
    static final AddressLayout POINTER = ValueLayout.ADDRESS;

    static final StructLayout CAPTURE = Linker.Option.captureStateLayout();

    private static final long ERRNO = CAPTURE.byteOffset(MemoryLayout.PathElement.groupElement("errno"));
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBC = LINKER.defaultLookup();

    private Libc() {}

    /** A function that returns int. */
    static MethodHandle ofInt(String name, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(INT, arguments), arguments.length);
    }

    /** A function that returns long or ssize_t. */
    static MethodHandle ofLong(String name, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(LONG, arguments), arguments.length);
    }

    /** A function that returns int, whose arguments from {@code fixed} on are variadic in C. */
    static MethodHandle ofIntVariadic(String name, int fixed, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(INT, arguments), fixed);
    }

    /** A function that returns long, whose arguments from {@code fixed} on are variadic in C. */
    static MethodHandle ofLongVariadic(String name, int fixed, MemoryLayout... arguments) {
        return link(name, FunctionDescriptor.of(LONG, arguments), fixed);
    }

    private static MethodHandle link(String name, FunctionDescriptor descriptor, int fixed) {
        MemorySegment address = LIBC.find(name)
                .orElseThrow(() -> new UnsupportedOperationException(
                        "the C library has no " + name + ": Nightjar needs glibc 2.36 or newer"));
        List<Linker.Option> options = new ArrayList<>();
        options.add(Linker.Option.captureCallState("errno"));
        if (fixed < descriptor.argumentLayouts().size()) {
            options.add(Linker.Option.firstVariadicArg(fixed));
        }
        return LINKER.downcallHandle(address, descriptor, options.toArray(new Linker.Option[0]));
    }

    /** A result as it is, or the negated errno of a call that failed. */
    static int result(int returned, MemorySegment capture) {
        return returned >= 0 ? returned : -capture.get(INT, ERRNO);
    }

    /** A result as it is, or the negated errno of a call that failed. */
    static long result(long returned, MemorySegment capture) {
        return returned >= 0 ? returned : -capture.get(INT, ERRNO);
    }

    /** What a handle throws is never the kernel's doing: an error or a bug, passed on as it is. */
    static RuntimeException unexpected(Throwable thrown) {
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
        throw new AssertionError(thrown);
    }
}

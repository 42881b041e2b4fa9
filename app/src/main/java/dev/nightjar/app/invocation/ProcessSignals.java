package dev.nightjar.app.invocation;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * The signals of this process, by {@code sun.misc.Signal} of the supported module {@code jdk.unsupported}; reflection,
 * because javac warns of that class in a way that cannot be silenced. A JVM left to itself ends with 143 on SIGTERM.
 */
final class ProcessSignals implements Signals {
    @Override
    public void on(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
            Object handler = Proxy.newProxyInstance(
                    handlerType.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, _) ->
                            handled(proxy, method, action));
            signal.getMethod("handle", signal, handlerType)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
        } catch (ReflectiveOperationException _) {
            // The JVM was told to leave signals alone (-Xrs), or keeps this one: its default stays.
        }
    }

    private static @Nullable Object handled(
            Object proxy, Method method, Runnable action) {
        return switch (method.getName()) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "hashCode" -> System.identityHashCode(proxy);
            case "equals" -> false; // nobody compares handlers
            default -> "a signal handler";
        };
    }
}

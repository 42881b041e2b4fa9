package dev.nightjar.app.output;

import java.io.IOException;
import java.util.Optional;

/**
 * What the three standard streams are connected to, and the terminal's abilities. The process has one that asks the
 * system; tests have their own.
 */
public interface Tty {
    /** Whether the descriptor (0, 1, 2) is a terminal. */
    boolean isTerminal(int descriptor);

    /** Columns of the terminal on stdout or stderr; empty if unknown. */
    Optional<Integer> columns();

    /**
     * Takes the terminal's line editing away: keys arrive one by one and are not shown. Ctrl-C stays a signal.
     *
     * @return gives the terminal back as it was; closing it twice does no harm
     */
    Restore quietKeys() throws IOException;

    /** Hides what is typed, a line at a time: for passwords. */
    Restore hideTyping() throws IOException;

    /** Gives the terminal back. */
    interface Restore extends AutoCloseable {
        @Override
        void close();
    }

    /** No terminal anywhere. */
    Tty NONE = new Tty() {
        @Override
        public boolean isTerminal(int descriptor) {
            return false;
        }

        @Override
        public Optional<Integer> columns() {
            return Optional.empty();
        }

        @Override
        public Restore quietKeys() {
            return () -> {};
        }

        @Override
        public Restore hideTyping() {
            return () -> {};
        }
    };
}

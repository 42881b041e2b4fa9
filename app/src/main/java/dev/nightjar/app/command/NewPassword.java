package dev.nightjar.app.command;

import dev.nightjar.app.job.Password;
import dev.nightjar.app.job.RepositoryAddress;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Style;
import java.util.Arrays;
import java.util.Optional;

/** The talk about a new password. */
final class NewPassword {
    /** Where an empty answer means that one is to be made. */
    static final String OR_MAKE = "Password for it (Enter: make a strong one): ";

    private NewPassword() {}

    /** Asks for it, and once more to be sure; empty if just Enter was pressed. */
    static Optional<Password> ask(Session session, RepositoryAddress address, String question) throws CommandException {
        while (true) {
            Optional<Password> first = session.passwords().ask(question);
            if (first.isEmpty()) {
                return first;
            }
            Optional<Password> again = session.passwords().ask("Once more: ");
            if (again.isPresent()
                    && Arrays.equals(first.get().bytes(), again.get().bytes())) {
                return first;
            }
            session.console().error("These were different; once again for " + address.shown() + ".");
        }
    }

    /** Shows a password that was made; only to be called when a terminal is there. */
    static void show(Console console, String password) {
        console.error("Made one. Without it nobody can read this backup, not even you:");
        console.error("");
        console.error("    " + console.styled(Style.STRONG, password));
        console.error("");
        console.error("Keep it somewhere that is not this computer.");
    }
}

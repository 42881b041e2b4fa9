package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import java.io.IOException;
import java.io.InputStream;

/** A question that is answered with yes or no. */
final class YesNo {
    private YesNo() {}

    /** {@code --yes} answers yes; where nobody can be asked, and for any other answer than yes, it is no. */
    static boolean ask(Session session, String question) {
        Console console = session.console();
        if (console.taste().yes()) {
            return true;
        }
        if (!console.mayAsk()) {
            return false;
        }
        console.prompt(question + " [y/N] ");
        StringBuilder answer = new StringBuilder();
        InputStream in = session.invocation().in();
        try {
            for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
                answer.append((char) c);
            }
        } catch (IOException _) {
            return false;
        }
        String word = answer.toString().strip().toLowerCase(java.util.Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }
}

package dev.nightjar.app.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** How a verb's help looks: usage, what it does, its own flags, one line about the flags of all verbs, examples. */
final class HelpLayout {
    private static final String SECTION = "nightjar";
    private static final int COLUMN = 26;
    private static final int WIDTH = 80;

    private HelpLayout() {}

    static void install(CommandLine line) {
        line.setHelpSectionKeys(List.of(SECTION));
        line.setHelpSectionMap(Map.of(SECTION, help -> render(help.commandSpec())));
    }

    static String render(CommandSpec verb) {
        if (verb.parent() == null) {
            return Topics.front() + "\n\nFlags that every verb takes\n" + flags(verb, true);
        }
        StringBuilder text = new StringBuilder();
        String lead = "Usage: ";
        for (String usage : synopsis(verb)) {
            text.append(lead).append(usage).append('\n');
            lead = "       ";
        }
        text.append('\n');
        for (String line : verb.usageMessage().description()) {
            text.append(line).append('\n');
        }
        String own = flags(verb, false);
        if (!own.isEmpty()) {
            text.append('\n').append(own);
        }
        text.append('\n').append("As with every verb: -r REPO, -p FILE, --state DIR, --json, -q, -v, -y ...\n");
        text.append("(nightjar --help lists them)\n");
        String[] footer = verb.usageMessage().footer();
        if (footer.length > 0) {
            text.append("\nExamples\n");
            Arrays.stream(footer).forEach(line -> text.append("  ").append(line).append('\n'));
        }
        return text.toString();
    }

    private static List<String> synopsis(CommandSpec verb) {
        String[] custom = verb.usageMessage().customSynopsis();
        return custom.length > 0 ? List.of(custom) : List.of(verb.qualifiedName());
    }

    private static String flags(CommandSpec verb, boolean inherited) {
        StringBuilder text = new StringBuilder();
        for (OptionSpec option : verb.options()) {
            if (!option.hidden() && option.inherited() == (inherited && verb.parent() != null)) {
                describe(text, names(option), option.description());
            }
        }
        return text.toString();
    }

    private static String names(OptionSpec option) {
        List<String> names = new ArrayList<>();
        for (String name : option.names()) {
            names.add(option.negatable() && name.startsWith("--") ? "--[no-]" + name.substring(2) : name);
        }
        String joined = String.join(", ", names);
        String indented = joined.startsWith("--") ? "    " + joined : joined;
        return option.arity().max() == 0 ? indented : indented + " " + option.paramLabel();
    }

    private static void describe(StringBuilder text, String names, String[] description) {
        StringBuilder line = new StringBuilder("  ").append(names);
        if (line.length() >= COLUMN) {
            text.append(line).append('\n');
            line.setLength(0);
        }
        pad(line);
        for (String word : String.join(" ", description).split(" ")) {
            if (line.length() + word.length() >= WIDTH) {
                text.append(line.toString().stripTrailing()).append('\n');
                line.setLength(0);
                pad(line);
            }
            line.append(word).append(' ');
        }
        text.append(line.toString().stripTrailing()).append('\n');
    }

    private static void pad(StringBuilder line) {
        line.append(" ".repeat(COLUMN - line.length()));
    }
}

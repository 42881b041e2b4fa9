package dev.nightjar.app.command;

import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.Quoting;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line, and which line would have been right. */
final class Misuse {
    private Misuse() {}

    static ErrorMessage explain(CommandLine.ParameterException mistake) {
        CommandLine verb = mistake.getCommandLine();
        String name = verb.getCommandSpec().qualifiedName();
        return switch (mistake) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched, verb, name);
            case MissingParameterException missing -> missing(missing, name);
            default -> other(mistake, name);
        };
    }

    private static ErrorMessage unmatched(UnmatchedArgumentException mistake, CommandLine verb, String name) {
        String word = mistake.getUnmatched().getFirst();
        List<String> suggestions = mistake.getSuggestions();
        boolean isOption = mistake.isUnknownOption();
        boolean isVerb = !isOption && verb.getParent() == null;
        String shortName = verb.getParent() == null ? "nightjar" : verb.getCommandName();
        String shown = isOption && word.indexOf('=') > 0 ? word.substring(0, word.indexOf('=')) : word;
        String what;
        if (isOption) {
            what = shortName + " has no option " + Quoting.quote(shown);
        } else if (isVerb) {
            what = "there is no verb " + Quoting.quote(shown);
        } else {
            what = shortName + " takes no argument " + Quoting.quote(shown);
        }
        ErrorMessage error = ErrorMessage.usage(what);
        if (!suggestions.isEmpty()) {
            String likely = suggestions.stream().limit(3).collect(Collectors.joining(" or "));
            error = error.because("Did you mean " + likely + "?");
        }
        return error.remedy(isVerb ? "nightjar" : name + " --help", isVerb ? "lists all verbs" : "lists all there are");
    }

    private static ErrorMessage missing(MissingParameterException mistake, String name) {
        List<ArgSpec> missing = mistake.getMissing();
        if (missing.isEmpty()) {
            return other(mistake, name);
        }
        String labels = missing.stream().map(Misuse::label).collect(Collectors.joining(" and "));
        String verb = name.substring(name.indexOf(' ') + 1);
        boolean value = missing.getFirst() instanceof OptionSpec option
                && mistake.getMessage() != null
                && mistake.getMessage().startsWith("Missing required parameter for option")
                && option.paramLabel() != null;
        String what = value ? "a value is missing after " + labels : verb + " needs " + labels;
        return ErrorMessage.usage(what).remedy(name + " --help", "shows how it is used");
    }

    private static String label(ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? option.longestName() + " " + option.paramLabel()
                : argument.paramLabel();
    }

    private static ErrorMessage other(CommandLine.ParameterException mistake, String name) {
        String message = String.valueOf(mistake.getMessage());
        ArgSpec argument = mistake.getArgSpec();
        if (argument != null && mistake.getCause() instanceof CommandLine.TypeConversionException reason) {
            String words = Quoting.oneLine(String.valueOf(reason.getMessage()));
            String flag = argument instanceof OptionSpec option ? option.longestName() : argument.paramLabel();
            return ErrorMessage.usage(flag + ": " + words).remedy(name + " --help", "shows how it is used");
        }
        ErrorMessage error =
                ErrorMessage.usage(Character.toLowerCase(message.charAt(0)) + Quoting.oneLine(message.substring(1)));
        return error.remedy(name + " --help", "shows how it is used");
    }
}

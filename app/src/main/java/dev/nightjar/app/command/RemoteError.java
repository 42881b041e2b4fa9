package dev.nightjar.app.command;

import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An error that another process of ours met, read back from its JSON. */
final class RemoteError {
    private RemoteError() {}

    static ErrorMessage of(JsonObject json) {
        long number = json.number("code", ExitCode.FAILED.code());
        ExitCode code = Arrays.stream(ExitCode.values())
                .filter(one -> one.code() == number)
                .findFirst()
                .orElse(ExitCode.FAILED);
        String family = text(json, "class", "permanent");
        ErrorClass errorClass = Arrays.stream(ErrorClass.values())
                .filter(one -> one.word().equals(family.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(ErrorClass.PERMANENT);
        List<String> lines = text(json, "message", "it failed").lines().toList();
        ErrorMessage error =
                ErrorMessage.of(code, errorClass, text(json, "error", Errors.UNEXPECTED), lines.getFirst());
        for (String line : lines.subList(1, lines.size())) {
            error = error.because(line);
        }
        for (String hint : json.strings("hint")) {
            error = error.remedy(hint);
        }
        return error;
    }

    private static String text(JsonObject json, String name, String otherwise) {
        String text = json.string(name);
        return text == null || text.isEmpty() ? otherwise : text;
    }
}

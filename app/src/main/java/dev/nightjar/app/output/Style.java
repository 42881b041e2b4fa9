package dev.nightjar.app.output;

/** The look of a symbol or word. Colour is decoration: the text says the same without it. */
public enum Style {
    GOOD("32"),
    BUSY("36"),
    WARN("33"),
    BAD("31"),
    STRONG("1"),
    DIM("2");

    private final String code;

    Style(String code) {
        this.code = code;
    }

    String apply(String text) {
        return "\033[" + code + "m" + text + "\033[0m";
    }
}

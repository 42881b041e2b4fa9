package dev.nightjar.app.output;

/** The five verdicts' signs, as systemctl draws them, and their stand-ins outside UTF-8. */
public enum Symbol {
    SAFE("●", "*", Style.GOOD),
    SAVING("↻", "~", Style.BUSY),
    WAITING("○", "o", Style.WARN),
    NEEDS_YOU("!", "!", Style.BAD),
    STOPPED("×", "x", Style.BAD);

    private final String sign;
    private final String plain;
    private final Style style;

    Symbol(String sign, String plain, Style style) {
        this.sign = sign;
        this.plain = plain;
        this.style = style;
    }

    String sign(boolean utf8) {
        return utf8 ? sign : plain;
    }

    Style style() {
        return style;
    }
}

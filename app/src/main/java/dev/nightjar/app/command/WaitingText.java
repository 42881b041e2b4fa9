package dev.nightjar.app.command;

import dev.nightjar.engine.WaitingReason;

/** Why a job waits, as a word for programs and as words for people. */
final class WaitingText {
    private WaitingText() {}

    static String word(WaitingReason reason) {
        return switch (reason) {
            case AWAY -> "away";
            case NO_SPACE -> "no-space";
            case LOCKED -> "locked";
            case DENIED -> "denied";
            case TROUBLE -> "trouble";
        };
    }
}

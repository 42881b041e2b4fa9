package dev.nightjar.app.control;

import dev.nightjar.app.output.JsonObject;
import java.io.IOException;

/** Answers requests; called by several threads at a time. */
@FunctionalInterface
public interface ControlHandler {
    /**
     * Answers one request.
     *
     * @param request its member {@code request} says what is wanted
     * @throws IOException if the asker has gone
     */
    void answer(JsonObject request, Reply reply) throws IOException, InterruptedException;

    /** Where the answer goes. */
    @FunctionalInterface
    interface Reply {
        /** One object of it. All but the last need {@code "more":true}. */
        void send(JsonObject object) throws IOException;
    }
}

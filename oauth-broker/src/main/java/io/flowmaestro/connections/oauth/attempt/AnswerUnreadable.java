package io.flowmaestro.connections.oauth.attempt;

/** A kept answer does not open, which says nothing of why. */
public final class AnswerUnreadable extends RuntimeException {

    AnswerUnreadable() {
        super("The kept answer of a provider cannot be opened: it was altered, or its key is another one.");
    }
}

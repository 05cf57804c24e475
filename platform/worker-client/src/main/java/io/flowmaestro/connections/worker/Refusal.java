package io.flowmaestro.connections.worker;

/** What the report of a refused credential came to. In each case {@code getCredential} now answers the one to use. */
public enum Refusal {
    /** It had been replaced already. */
    SUPERSEDED,
    /** The token was renewed. */
    RENEWED,
    /** There is nothing to renew; the connection was tested, and found to work. The refusal may be about something else. */
    TESTED
}

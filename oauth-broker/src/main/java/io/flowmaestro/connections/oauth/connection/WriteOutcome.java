package io.flowmaestro.connections.oauth.connection;

/** What became of a write that was bound to a generation. */
public sealed interface WriteOutcome {

    /**
     * Applied.
     *
     * @param generation the credential's generation now
     */
    record Written(long generation) implements WriteOutcome {}

    /** Somebody newer has written; nothing was changed. */
    record Moved() implements WriteOutcome {}
}

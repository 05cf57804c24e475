package io.flowmaestro.connections.registry.rewrap;

import java.time.Duration;
import java.util.List;

/** What became of one batch. */
public sealed interface RewrapAnswer {

    /** One outcome for each envelope, in their order. */
    record Settled(List<Item> items) implements RewrapAnswer {}

    /** The batch as it stands is not accepted, and would not be later: something in it is malformed or too large. */
    record Declined(int status) implements RewrapAnswer {}

    /**
     * The vault does not let the registry rewrap records of this kind, as one of an earlier version does not; asking again
     * would not help.
     *
     * @param detail a sentence of the vault's
     */
    record Forbidden(String detail) implements RewrapAnswer {}

    /**
     * Nothing is known about any envelope, and a later call may do better.
     *
     * @param retryAfter what the vault asked for; zero if it did not say
     */
    record Away(String reason, Duration retryAfter) implements RewrapAnswer {}

    /** What became of one envelope. */
    sealed interface Item {

        /**
         * Sealed with the newest version.
         *
         * @param envelope JSON text
         */
        record Renewed(String envelope) implements Item {
            @Override
            public String toString() {
                return "Renewed[]";
            }
        }

        /** It was of the newest version already. */
        record Unchanged() implements Item {}

        /** It does not open, or what came back is no envelope. */
        record Refused() implements Item {}
    }
}

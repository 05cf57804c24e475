package io.flowmaestro.connections.vault.masterkey;

import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What the comparison of the configured keys with the enrolled ones gave. */
sealed interface KeyCheckOutcome {

    /** The enrolled keys that this replica holds, retired ones aside. */
    Set<UUID> held();

    record Accepted(VerifiedKeys keys) implements KeyCheckOutcome {

        @Override
        public Set<UUID> held() {
            return keys.held().keySet();
        }
    }

    /** The replica's own key is a former one, and it lacks one that is in force. */
    record Behind(Set<UUID> held, List<EnrolledKey> missing) implements KeyCheckOutcome {

        String message() {
            return missing.stream()
                            .map(key ->
                                    "the %s key %s (%s)".formatted(key.state().wireName(), key.kekId(), key.provider()))
                            .reduce(
                                    "This replica does not hold ",
                                    (text, key) -> text.endsWith(" ") ? text + key : text + ", " + key)
                    + ". Set it as ENCRYPTION_KEY, or as ENCRYPTION_KEY_NEXT beside the one that is there, and restart.";
        }
    }

    record Refused(EnrolledKey primary) implements KeyCheckOutcome {

        @Override
        public Set<UUID> held() {
            return Set.of();
        }

        String message() {
            return """
                    ENCRYPTION_KEY is not the key that this database was sealed with (key %s, enrolled %s). The vault does \
                    not run with it, and has changed nothing. Start again with the former key; to change keys, set the new \
                    one as ENCRYPTION_KEY_NEXT beside it; if this is a new installation, point it at an empty database.\
                    """.formatted(primary.kekId(), primary.enrolledAt());
        }
    }
}

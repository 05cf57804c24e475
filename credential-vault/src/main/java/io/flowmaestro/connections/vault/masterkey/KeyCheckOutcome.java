package io.flowmaestro.connections.vault.masterkey;

/** What the comparison of the configured key with the enrolled one gave. */
sealed interface KeyCheckOutcome {

    record Accepted(VerifiedKey key) implements KeyCheckOutcome {}

    record Refused(EnrolledKey enrolled) implements KeyCheckOutcome {

        String message() {
            return """
                    ENCRYPTION_KEY is not the key that this database was sealed with (key %s, enrolled %s). The vault does \
                    not run with it, and has changed nothing. Start again with the former key; if this is a new \
                    installation, point it at an empty database.""".formatted(enrolled.kekId(), enrolled.enrolledAt());
        }
    }
}

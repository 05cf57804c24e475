package io.flowmaestro.connections.vault.envelope;

import java.util.UUID;

/**
 * Whom a data key belongs to: today always one user, the owner of the records. The kind is part of what is
 * authenticated, so that a scope of another kind with the same id can never pass for a user.
 */
public record KeyScope(UUID user) {

    String kind() {
        return "user";
    }
}

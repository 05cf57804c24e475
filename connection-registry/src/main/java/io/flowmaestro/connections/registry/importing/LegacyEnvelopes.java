package io.flowmaestro.connections.registry.importing;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns envelopes of an older system into the vault's, without showing what is in them. */
public interface LegacyEnvelopes {

    /** An envelope of the older system, and the connection it belongs to. */
    record Legacy(UUID connection, JsonNode envelope) {
        @Override
        public String toString() {
            return "Legacy[%s]".formatted(connection);
        }
    }

    /**
     * What became of one.
     *
     * @param envelope the vault's, JSON text; null if it was refused
     * @param detail why it was refused, and what to do
     */
    record Renewed(
            @Nullable String envelope,
            @Nullable String code,
            @Nullable String detail) {}

    /**
     * One of the forms that envelopes of the older system have.
     *
     * @param name {@code json} or {@code compact}
     * @param refusal what becomes of such envelopes for want of their key; null where the vault has it
     */
    record Form(String name, @Nullable Renewed refusal) {}

    /**
     * The forms that the vault knows; empty where it is of an earlier version and does not tell. No envelope is opened or
     * sealed for it, and no key made. Fails as {@link #renew} does.
     */
    Uni<Optional<List<Form>>> forms();

    /** In their order, all of one user. Fails with the problem {@code vault-unavailable}, or {@code import-not-permitted}; nothing
     * is lost then. */
    Uni<List<Renewed>> renew(UUID user, List<Legacy> batch);
}

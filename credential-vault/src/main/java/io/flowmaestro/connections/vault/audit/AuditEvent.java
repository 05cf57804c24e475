package io.flowmaestro.connections.vault.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that was done, or refused, and is to be recorded. Nothing in it is secret.
 *
 * @param operation what was asked for, e.g. {@code decrypt}; 1 to 64 characters
 * @param outcome {@code ok}, or the code of the problem it ended with; 1 to 64 characters
 * @param actor the client that asked; 1 to 255 characters
 * @param user the user it was done for
 * @param key the data key version that was used or changed
 * @param traceId of the request; 1 to 64 characters
 */
public record AuditEvent(
        String operation,
        String outcome,
        String actor,
        Optional<UUID> user,
        Optional<UUID> connection,
        Optional<Purpose> purpose,
        Optional<KeyVersion> key,
        String traceId) {

    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_ACTOR = 255;

    /** @throws IllegalArgumentException for text that has another length, or that PostgreSQL could not store as it is */
    public AuditEvent {
        check("operation", operation, LONGEST_WORD);
        check("outcome", outcome, LONGEST_WORD);
        check("actor", actor, LONGEST_ACTOR);
        check("trace id", traceId, LONGEST_WORD);
    }

    /** Events of many callers share a statement: one that cannot be stored would fail them all. */
    private static void check(String field, String text, int longest) {
        if (text.isEmpty() || text.length() > longest) {
            throw new IllegalArgumentException(
                    "The %s of an audit event has 1 to %d characters".formatted(field, longest));
        }
        if (text.indexOf('\0') >= 0 || !UTF_8.newEncoder().canEncode(text)) {
            throw new IllegalArgumentException("The %s of an audit event is not storable text".formatted(field));
        }
    }
}

package io.flowmaestro.connections.oauth.connection;

import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Connections, which the registry owns. Every call fails with a problem when the registry cannot be reached. */
public interface Connections {

    /** Fails with {@code connection-not-found} for a missing, deleted or foreign one. */
    Uni<StoredConnection> require(UUID owner, UUID id);

    /**
     * Whether one that was missing is there again, or may be with the tokens that it had: its deletion can be taken back. False
     * as well where the registry does not say.
     */
    Uni<Boolean> mayComeBack(UUID owner, UUID id);

    /** Has a connection tested that was not for 24 hours; the registry decides whether. Safe to repeat. */
    Uni<Health> testIfDue(StoredConnection connection);

    /** The same for one whose credential was refused; the registry tests it unless it has only just done so. */
    Uni<Health> testIfRefused(StoredConnection connection);

    /** Safe to repeat: the id is ours. */
    Uni<GrantOutcome> create(NewConnection connection);

    /** Applied if and only if the generation is still the expected one. Safe to repeat. */
    Uni<WriteOutcome> publish(NewCredential credential);

    /** The same for a new consent, which brings back a connection of any status. Safe to repeat. */
    Uni<GrantOutcome> renew(NewCredential granted);

    /** Applied if and only if the generation is still the given one. Safe to repeat. */
    Uni<WriteOutcome> mark(StoredConnection connection, ConnectionStatus status, String reason);
}

package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.data.ConnectionIds;
import io.flowmaestro.connections.registry.event.EventType;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.tool.ToolChanges;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user does with connections. No transaction spans a call to a peer. */
@ApplicationScoped
public class ConnectionService {

    private final ConnectionRequests requests;
    private final ConnectionReads reads;
    private final ConnectionRepository repository;
    private final ConnectionIds ids;
    private final Credentials credentials;
    private final IdempotencyKeys keys;
    private final Clock clock;

    ConnectionService(
            ConnectionRequests requests,
            ConnectionReads reads,
            ConnectionRepository repository,
            ConnectionIds ids,
            Credentials credentials,
            IdempotencyKeys keys,
            Clock clock) {
        this.requests = requests;
        this.reads = reads;
        this.repository = repository;
        this.ids = ids;
        this.credentials = credentials;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The id is made first, since the envelope is bound to it. A crash before the insert leaves nothing here; after it,
     * a connection whose creator never saw the answer, which the same Idempotency-Key finds again.
     */
    public Uni<Created> create(Caller caller, Optional<String> idempotencyKey, @Nullable JsonNode body) {
        ConnectionRequests.Create request = requests.create(body);
        return idempotencyKey
                .map(key -> createOnce(caller, keys.of(caller.subject(), key, body), request))
                .orElseGet(() -> create(caller, request, Optional.empty()).map(made -> new Created(false, made)));
    }

    /** A connection, and whether an earlier request had made it. */
    public record Created(boolean before, Connection connection) {}

    private Uni<Created> createOnce(Caller caller, IdempotencyKey key, ConnectionRequests.Create request) {
        return keys.find(key)
                .chain(earlier -> earlier.isPresent()
                        ? replay(caller.subject(), earlier.get())
                        : create(caller, request, Optional.of(key))
                                .map(made -> new Created(false, made))
                                .onFailure(KeyInUse.class)
                                .recoverWithUni(() -> keys.find(key)
                                        .chain(winner -> replay(caller.subject(), winner.orElseThrow(KeyInUse::new)))));
    }

    private Uni<Created> replay(UUID user, UUID id) {
        return reads.find(user, id)
                .map(
                        found -> new Created(
                                true,
                                found.orElseThrow(
                                        () -> new ProblemException(
                                                RegistryProblem.IDEMPOTENCY_KEY_SPENT,
                                                "The connection that this Idempotency-Key made is deleted. Use a new key to make another."))));
    }

    private Uni<Connection> create(Caller caller, ConnectionRequests.Create request, Optional<IdempotencyKey> key) {
        UUID id = ids.next();
        return credentials
                .of(caller, id, request.data())
                .map(credential -> entity(caller.subject(), id, request, credential))
                .chain(connection -> repository.create(caller, connection, key))
                .invoke(KeyInUse::unless)
                .chain(() -> reads.require(caller.subject(), id));
    }

    /** Another request with the key was faster. */
    private static final class KeyInUse extends RuntimeException {
        KeyInUse() {
            super("the Idempotency-Key is in use", null, false, false);
        }

        static void unless(boolean stored) {
            if (!stored) {
                throw new KeyInUse();
            }
        }
    }

    /** New data is sealed before the row is locked; a crash in between leaves the old data in force. */
    Uni<Connection> update(Caller caller, UUID id, IfMatch ifMatch, @Nullable JsonNode body) {
        return reads.require(caller.subject(), id)
                .invoke(current -> ifMatch.require(current.version()))
                .chain(current -> update(caller, current, ifMatch, requests.update(current, body)))
                .chain(() -> reads.require(caller.subject(), id));
    }

    private Uni<Void> update(Caller caller, Connection current, IfMatch ifMatch, ConnectionRequests.Update request) {
        if (request.changesNothing()) {
            return Uni.createFrom().voidItem();
        }
        return replaced(caller, current, request)
                .chain(credential -> repository.changeLive(caller, current.id(), connection -> {
                    var tools = apply(connection, ifMatch, request, credential);
                    var updated =
                            new ConnectionRepository.Change(EventType.UPDATED, Map.of("fields", request.changed()));
                    return ToolService.with(updated, tools);
                }));
    }

    private Uni<Optional<Credential>> replaced(Caller caller, Connection current, ConnectionRequests.Update request) {
        return request.data()
                .map(data -> credentials.of(caller, current.id(), data).map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    Uni<Instant> delete(Caller caller, UUID id, IfMatch ifMatch) {
        Instant now = now();
        return repository
                .change(caller, id, EventType.DELETED, connection -> {
                    ifMatch.require(connection.version);
                    connection.delete(now);
                    return connection.facts();
                })
                .replaceWith(now);
    }

    /**
     * Takes a deletion back; a connection that is not deleted stays as it is. One whose tokens are being revoked at the
     * provider, or were, comes back as a revoked one.
     */
    Uni<Connection> restore(Caller caller, UUID id) {
        return repository
                .changeAny(caller, id, connection -> {
                    if (connection.deletedAt == null) {
                        return List.of();
                    }
                    connection.restore();
                    return List.of(
                            new ConnectionRepository.Change(EventType.RESTORED, Map.of("status", connection.status)));
                })
                .chain(() -> reads.require(caller.subject(), id));
    }

    Uni<Instant> purge(Caller caller, UUID id, IfMatch ifMatch) {
        return repository.purge(caller, id, ifMatch).map(nothing -> now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private ConnectionEntity entity(UUID user, UUID id, ConnectionRequests.Create request, Credential credential) {
        ConnectionEntity connection = new ConnectionEntity();
        connection.id = id;
        connection.userId = user;
        connection.name = request.name();
        connection.connectionMethod = request.method().wire();
        connection.provider = request.provider();
        connection.status = ConnectionStatus.ACTIVE.wire();
        connection.capabilities = "{}";
        connection.metadata = request.metadata().toString();
        connection.version = 1;
        connection.credentialGeneration = 1;
        connection.take(credential, now());
        return connection;
    }

    private ToolChanges apply(
            ConnectionEntity connection,
            IfMatch ifMatch,
            ConnectionRequests.Update request,
            Optional<Credential> credential) {
        ifMatch.require(connection.version);
        if (request.name() != null) {
            connection.name = request.name();
        }
        if (request.metadata() != null) {
            connection.metadata = merged(connection.metadata, request.metadata());
        }
        var tools = credential.map(given -> replace(connection, given)).orElse(ToolChanges.NONE);
        connection.version++;
        return tools;
    }

    /** Tokens that the provider is to end would live on, unseen, if others took their place in the row. */
    private ToolChanges replace(ConnectionEntity connection, Credential given) {
        if (connection.isRevokedGrant()) {
            throw new ProblemException(
                    RegistryProblem.STATUS_CHANGE_NOT_ALLOWED,
                    "The connection is revoked, so new data cannot be put into it. Reconnect it by signing in again, or make a new connection.");
        }
        return connection.reconnect(given, now());
    }

    private static String merged(String stored, ObjectNode changes) {
        List<Violation> violations = new ArrayList<>();
        ObjectNode merged = Metadata.merge(Metadata.parse(stored), changes, violations);
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return merged.toString();
    }
}

package io.flowmaestro.connections.registry.connection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a user does with connections. No transaction spans a call to a peer. */
@ApplicationScoped
class ConnectionService {

    private final ConnectionRequests requests;
    private final ConnectionReads reads;
    private final ConnectionRepository repository;
    private final ConnectionIds ids;
    private final Credentials credentials;
    private final ToolDiscovery tools;
    private final Clock clock;

    ConnectionService(
            ConnectionRequests requests,
            ConnectionReads reads,
            ConnectionRepository repository,
            ConnectionIds ids,
            Credentials credentials,
            ToolDiscovery tools,
            Clock clock) {
        this.requests = requests;
        this.reads = reads;
        this.repository = repository;
        this.ids = ids;
        this.credentials = credentials;
        this.tools = tools;
        this.clock = clock;
    }

    /**
     * The id is made first, since the envelope is bound to it. A crash before the insert leaves nothing here; after it,
     * a connection whose creator never saw the answer.
     */
    Uni<Connection> create(Caller caller, @Nullable JsonNode body) {
        ConnectionRequests.Create request = requests.create(body);
        UUID id = ids.next();
        return credentials
                .of(caller.subject(), id, request.data())
                .map(credential -> entity(caller.subject(), id, request, credential))
                .chain(repository::create)
                .chain(() -> reads.require(caller.subject(), id));
    }

    /** New data is sealed before the row is locked; a crash in between leaves the old data in force. */
    Uni<Connection> update(Caller caller, UUID id, IfMatch ifMatch, @Nullable JsonNode body) {
        return reads.require(caller.subject(), id)
                .invoke(current -> ifMatch.require(current.version()))
                .chain(current -> update(caller.subject(), current, ifMatch, requests.update(current, body)))
                .chain(() -> reads.require(caller.subject(), id));
    }

    private Uni<Void> update(UUID user, Connection current, IfMatch ifMatch, ConnectionRequests.Update request) {
        if (request.changesNothing()) {
            return Uni.createFrom().voidItem();
        }
        return replaced(user, current, request)
                .chain(credential -> repository.change(
                        user, current.id(), connection -> apply(connection, ifMatch, request, credential)));
    }

    private Uni<Optional<Credential>> replaced(UUID user, Connection current, ConnectionRequests.Update request) {
        return request.data()
                .map(data -> credentials.of(user, current.id(), data).map(Optional::of))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()));
    }

    Uni<Instant> delete(Caller caller, UUID id, IfMatch ifMatch) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return repository
                .change(caller.subject(), id, connection -> {
                    ifMatch.require(connection.version);
                    connection.deletedAt = now;
                    connection.version++;
                })
                .replaceWith(now);
    }

    /** What a server offers is no edit of the user's: the version stays. */
    Uni<Connection> refreshTools(Caller caller, UUID id) {
        return reads.require(caller.subject(), id)
                .invoke(ConnectionService::requireMcp)
                .chain(() -> tools.rediscover(caller.subject(), id))
                .chain(discovered -> repository.change(caller.subject(), id, connection -> connection.take(discovered)))
                .chain(() -> reads.require(caller.subject(), id));
    }

    private static void requireMcp(Connection connection) {
        if (connection.connectionMethod() != ConnectionMethod.MCP) {
            throw new ProblemException(
                    RegistryProblem.CONNECTION_NOT_MCP, "Only connections of method mcp have tools to refresh.");
        }
    }

    private static ConnectionEntity entity(
            UUID user, UUID id, ConnectionRequests.Create request, Credential credential) {
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
        connection.take(credential);
        return connection;
    }

    private static void apply(
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
        credential.ifPresent(connection::reconnect);
        connection.version++;
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

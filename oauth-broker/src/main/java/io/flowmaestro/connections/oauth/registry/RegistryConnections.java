package io.flowmaestro.connections.oauth.registry;

import io.flowmaestro.connections.flight.Detached;
import io.flowmaestro.connections.oauth.connection.ConnectionMethod;
import io.flowmaestro.connections.oauth.connection.ConnectionStatus;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.GrantOutcome;
import io.flowmaestro.connections.oauth.connection.Health;
import io.flowmaestro.connections.oauth.connection.NewConnection;
import io.flowmaestro.connections.oauth.connection.NewCredential;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.connection.WriteOutcome;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Connections by the registry's internal API. */
@ApplicationScoped
class RegistryConnections implements Connections {

    private static final int CONFLICT = 409;
    private static final int NOT_FOUND = 404;

    private final RegistryClient registry;
    private final RegistryTestClient tests;

    RegistryConnections(@RestClient RegistryClient registry, @RestClient RegistryTestClient tests) {
        this.registry = registry;
        this.tests = tests;
    }

    @Override
    public Uni<StoredConnection> require(UUID owner, UUID id) {
        return Detached.call(registry.credential(owner, id))
                .map(answer -> answer.data().of(owner))
                .onFailure()
                .transform(RegistryFailures::ofConnection);
    }

    @Override
    public Uni<Boolean> mayComeBack(UUID owner, UUID id) {
        return Detached.call(registry.credential(owner, id))
                .replaceWith(true)
                .onFailure(failure -> RegistryFailures.hasStatus(failure, NOT_FOUND))
                .recoverWithItem(MissingWire::isRestorable)
                .onFailure()
                .transform(RegistryFailures::unavailable);
    }

    @Override
    public Uni<Health> testIfDue(StoredConnection connection) {
        return test(connection, null);
    }

    @Override
    public Uni<Health> testIfRefused(StoredConnection connection) {
        return test(connection, true);
    }

    private Uni<Health> test(StoredConnection connection, @Nullable Boolean refused) {
        return tests.testIfDue(connection.owner(), connection.id(), refused)
                .map(answer -> answer.data().health())
                .onFailure()
                .transform(RegistryFailures::ofConnection);
    }

    @Override
    public Uni<GrantOutcome> create(NewConnection connection) {
        var wire = new CreateWire(
                connection.id(),
                connection.name(),
                (connection.mcpServerUrl() == null ? ConnectionMethod.OAUTH2 : ConnectionMethod.MCP).wireName(),
                connection.provider(),
                connection.mcpServerUrl(),
                connection.envelope(),
                connection.expiresAt(),
                connection.refreshable(),
                connection.metadata());
        return registry.create(connection.owner(), wire)
                .<GrantOutcome>map(answer -> new GrantOutcome.Granted(answer.data()))
                .onFailure(failure -> RegistryFailures.hasStatus(failure, CONFLICT))
                .recoverWithItem(new GrantOutcome.Moved())
                // The registry itself answers no create with 404: whoever did has not asked it.
                .onFailure(failure ->
                        RegistryFailures.isRefusal(failure) && !RegistryFailures.hasStatus(failure, NOT_FOUND))
                .recoverWithItem(RegistryConnections::refused)
                .onFailure()
                .transform(RegistryFailures::unavailable);
    }

    @Override
    public Uni<WriteOutcome> publish(NewCredential credential) {
        return registry.publish(credential.owner(), credential.connection(), wire(credential))
                .<WriteOutcome>map(
                        answer -> new WriteOutcome.Written(answer.data().credentialGeneration()))
                .onFailure(failure -> RegistryFailures.hasStatus(failure, CONFLICT))
                .recoverWithItem(new WriteOutcome.Moved())
                .onFailure()
                .transform(RegistryFailures::ofConnection);
    }

    @Override
    public Uni<GrantOutcome> renew(NewCredential granted) {
        return registry.renew(granted.owner(), granted.connection(), wire(granted))
                .<GrantOutcome>map(answer -> new GrantOutcome.Granted(answer.data()))
                .onFailure(failure -> RegistryFailures.hasStatus(failure, CONFLICT))
                .recoverWithItem(new GrantOutcome.Moved())
                .onFailure(failure ->
                        RegistryFailures.isRefusal(failure) && !RegistryFailures.hasStatus(failure, NOT_FOUND))
                .recoverWithItem(RegistryConnections::refused)
                .onFailure()
                .transform(RegistryFailures::ofConnection);
    }

    private static NewCredentialWire wire(NewCredential credential) {
        return new NewCredentialWire(
                credential.attempt(),
                credential.expectedGeneration(),
                credential.envelope(),
                credential.expiresAt(),
                credential.refreshable(),
                credential.metadata());
    }

    @Override
    public Uni<WriteOutcome> mark(StoredConnection connection, ConnectionStatus status, String reason) {
        var wire = new StatusWire(status.wireName(), reason, connection.generation());
        return registry.mark(connection.owner(), connection.id(), wire)
                .<WriteOutcome>map(answer -> new WriteOutcome.Written(connection.generation()))
                .onFailure(failure -> RegistryFailures.hasStatus(failure, CONFLICT))
                .recoverWithItem(new WriteOutcome.Moved())
                .onFailure()
                .transform(RegistryFailures::ofConnection);
    }

    private static GrantOutcome refused(Throwable failure) {
        RegistryFailures.tell(failure);
        return new GrantOutcome.Refused();
    }
}

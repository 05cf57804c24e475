package io.flowmaestro.connections.registry.credential;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.connection.Connection;
import io.flowmaestro.connections.registry.connection.ConnectionReads;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import io.flowmaestro.connections.registry.testing.ConnectionTester;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.UUID;

/** What the suite's services do with sealed credentials. Every operation may be repeated. */
@ApplicationScoped
class CredentialService {

    private final CredentialRepository repository;
    private final GrantRepository grants;
    private final ConnectionReads connections;
    private final ConnectionTester tester;

    CredentialService(
            CredentialRepository repository,
            GrantRepository grants,
            ConnectionReads connections,
            ConnectionTester tester) {
        this.repository = repository;
        this.grants = grants;
        this.connections = connections;
        this.tester = tester;
    }

    /** A connection, and whether this call made it. */
    record Created(boolean now, Connection connection) {}

    Uni<Created> create(Caller caller, CreateSealedConnection.Valid request) {
        return repository
                .insert(caller, request)
                .chain(made -> connections.find(caller.subject(), request.id()).map(found -> created(made, found)));
    }

    private static Created created(boolean now, Optional<Connection> found) {
        return new Created(now, found.orElseThrow(CredentialService::idTaken));
    }

    Uni<SealedCredential> get(UUID user, UUID id) {
        return repository
                .require(user, id)
                .map(found -> found.testDue() && !tester.canTest(found.connectionMethod(), found.provider())
                        ? found.untestable()
                        : found);
    }

    Uni<Long> publish(Caller caller, UUID id, PublishCredential.Valid credential) {
        return repository.publish(caller, id, credential);
    }

    /** The same connection with what its user granted anew. */
    Uni<Connection> reconnect(Caller caller, UUID id, GrantCredential.Valid grant) {
        return grants.grant(caller, id, grant).chain(() -> connections.require(caller.subject(), id));
    }

    Uni<Connection> change(Caller caller, UUID id, ChangeStatus.Valid change) {
        return repository
                .change(caller, id, change)
                .invoke(refused -> refused.ifPresent(state -> refuse(state, change)))
                .chain(() -> connections.require(caller.subject(), id));
    }

    private static void refuse(CredentialRepository.State state, ChangeStatus.Valid change) {
        if (state.generation() != change.expectedGeneration()) {
            throw RegistryProblem.generationMoved(state.generation(), state.attempt());
        }
        throw new ProblemException(
                RegistryProblem.STATUS_CHANGE_NOT_ALLOWED, "A revoked connection becomes usable by a reconnect only.");
    }

    /** Deleted, or another user's: which of them, nobody is told. */
    private static ProblemException idTaken() {
        return new ProblemException(
                RegistryProblem.CONNECTION_ID_TAKEN, "The id is in use. Make another one and send the request again.");
    }
}

package io.flowmaestro.connections.oauth.credential;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.oauth.connection.Connections;
import io.flowmaestro.connections.oauth.connection.Sealing;
import io.flowmaestro.connections.oauth.connection.StoredConnection;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.refresh.OpenConnection;
import io.flowmaestro.connections.oauth.refresh.RefreshService;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Access tokens for MCP servers, for the service that calls them. A test of a connection wants one, too, so any but a revoked one has it. */
@ApplicationScoped
class AccessTokenService {

    private final Connections connections;
    private final Sealing sealing;
    private final RefreshService refreshes;
    private final RefusalService refusals;

    AccessTokenService(Connections connections, Sealing sealing, RefreshService refreshes, RefusalService refusals) {
        this.connections = connections;
        this.sealing = sealing;
        this.refreshes = refreshes;
        this.refusals = refusals;
    }

    /** @param refused version of the credential that the server did not take; an older one than the present is passed over */
    Uni<OpenConnection> usable(Caller caller, UUID id, @Nullable Long refused) {
        return connections
                .require(caller.subject(), id)
                .map(StoredConnection::requireTestable)
                .chain(stored -> sealing.open(stored)
                        .map(data -> OpenConnection.of(stored, data).orElseThrow(AccessTokenService::noTokens)))
                .chain(open -> refused != null && refused >= open.generation()
                        ? refused(caller, open)
                        : refreshes.usable(open));
    }

    private Uni<OpenConnection> refused(Caller caller, OpenConnection open) {
        return refreshes
                .isRenewable(open)
                .chain(renewable -> renewable && !refusals.isTooNew(open)
                        ? refusals.renewed(caller, open)
                        : Uni.createFrom().failure(onlyTheUserCanHelp()));
    }

    private static ProblemException noTokens() {
        return new ProblemException(
                OAuthProblem.CONNECTION_NOT_REFRESHABLE, "The connection holds no OAuth tokens. Use what it holds.");
    }

    private static ProblemException onlyTheUserCanHelp() {
        return new ProblemException(
                OAuthProblem.CONNECTION_NOT_REFRESHABLE,
                "The server refused the token, and another one cannot be had, or would hardly be taken. Reconnect the connection.");
    }
}

package io.flowmaestro.connections.oauth.connection;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A connection with its sealed credential.
 *
 * @param generation moves with every write of the credential and with nothing else
 * @param envelope the vault's, opaque here
 * @param testDue nobody has made sure for 24 hours that its credential works
 */
public record StoredConnection(
        UUID id,
        UUID owner,
        String name,
        ConnectionMethod method,
        String provider,
        ConnectionStatus status,
        @Nullable String statusReason,
        long generation,
        JsonNode envelope,
        @Nullable String mcpServerUrl,
        boolean testDue) {

    /** Whether what it holds may be tokens that are renewed; an MCP connection's data says whether it is. */
    public boolean mayHoldTokens() {
        return method == ConnectionMethod.OAUTH2 || method == ConnectionMethod.MCP;
    }

    /** Whether it is one of the provider; {@code mcp} names those of all MCP servers. */
    public boolean isOf(String key) {
        return provider.equals(key) || (method == ConnectionMethod.MCP && key.equals("mcp"));
    }

    /**
     * This connection, if it can be used.
     *
     * @throws ProblemException that names the status and what to do about it
     */
    public StoredConnection requireActive() {
        if (status != ConnectionStatus.ACTIVE) {
            throw notActive(status, statusReason);
        }
        return this;
    }

    /**
     * This connection, if a test of it makes sense: one that is invalid or expired may be healed by it.
     *
     * @throws ProblemException for one that was revoked
     */
    public StoredConnection requireTestable() {
        return switch (status) {
            case ACTIVE, INVALID, EXPIRED -> this;
            case REVOKED -> throw notActive(status, statusReason);
        };
    }

    /** The refusal to use a connection of this status. */
    public static ProblemException notActive(ConnectionStatus status, @Nullable String reason) {
        String advice = switch (status) {
            case ACTIVE -> "Try again.";
            case INVALID -> "Correct its credential or reconnect it.";
            case EXPIRED, REVOKED -> "Reconnect it.";
        };
        String why = reason == null || reason.isBlank() ? "" : " (" + reason + ")";
        return new ProblemException(
                OAuthProblem.CONNECTION_NOT_ACTIVE, "The connection is " + status.wireName() + why + ". " + advice);
    }
}

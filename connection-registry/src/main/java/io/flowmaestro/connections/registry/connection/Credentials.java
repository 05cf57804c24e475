package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.registry.data.ConnectionData;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns validated data into a credential that can be stored: the MCP server is asked first, then the vault seals. */
@ApplicationScoped
class Credentials {

    private final Sealer sealer;
    private final ToolDiscovery tools;

    Credentials(Sealer sealer, ToolDiscovery tools) {
        this.sealer = sealer;
        this.tools = tools;
    }

    /** Talks to the peers only. A crash in between leaves nothing but, at most, a key for the user in the vault. */
    Uni<Credential> of(UUID user, UUID connection, ConnectionData data) {
        return switch (data) {
            case ConnectionData.Mcp mcp ->
                tools.discover(user, mcp)
                        .chain(discovered -> sealed(
                                user, connection, mcp, null, false, new Credential.Mcp(mcp.serverUrl(), discovered)));
            case ConnectionData.OAuth2 oauth2 ->
                sealed(user, connection, oauth2, oauth2.expiresAt(), oauth2.refreshable(), null);
            case ConnectionData.ApiKey apiKey -> sealed(user, connection, apiKey, null, false, null);
            case ConnectionData.BasicAuth basicAuth -> sealed(user, connection, basicAuth, null, false, null);
            case ConnectionData.Custom custom -> sealed(user, connection, custom, null, false, null);
        };
    }

    private Uni<Credential> sealed(
            UUID user,
            UUID connection,
            ConnectionData data,
            @Nullable Instant expiresAt,
            boolean refreshable,
            Credential.@Nullable Mcp mcp) {
        return sealer.seal(user, connection, data.plaintext())
                .map(envelope -> new Credential(envelope, data.config(), expiresAt, refreshable, mcp));
    }
}

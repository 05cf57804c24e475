package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.identity.Caller;
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
    private final OutboundRates rates;

    Credentials(Sealer sealer, ToolDiscovery tools, OutboundRates rates) {
        this.sealer = sealer;
        this.tools = tools;
        this.rates = rates;
    }

    /** Talks to the peers only. A crash in between leaves nothing but, at most, a key for the user in the vault. */
    Uni<Credential> of(Caller caller, UUID connection, ConnectionData data) {
        UUID user = caller.subject();
        return switch (data) {
            case ConnectionData.Mcp mcp ->
                discovered(caller, mcp)
                        .chain(discovered -> sealed(
                                user, connection, mcp, null, false, new Credential.Mcp(mcp.serverUrl(), discovered)));
            case ConnectionData.OAuth2 oauth2 ->
                sealed(user, connection, oauth2, oauth2.expiresAt(), oauth2.refreshable(), null);
            case ConnectionData.ApiKey apiKey -> sealed(user, connection, apiKey, null, false, null);
            case ConnectionData.BasicAuth basicAuth -> sealed(user, connection, basicAuth, null, false, null);
            case ConnectionData.Custom custom -> sealed(user, connection, custom, null, false, null);
        };
    }

    /** The answer tells whether a key is good, as that of a test does, so it counts as one. */
    private Uni<ToolDiscovery.Discovered> discovered(Caller caller, ConnectionData.Mcp mcp) {
        return Uni.createFrom().deferred(() -> {
            rates.require(caller);
            return tools.discover(caller.subject(), mcp);
        });
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

package io.flowmaestro.connections.oauth.mcp;

import io.flowmaestro.connections.oauth.provider.Clients;
import io.flowmaestro.connections.oauth.provider.OAuthProviders;
import io.flowmaestro.connections.oauth.provider.Provider;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.flowmaestro.connections.oauthclient.ClientKey;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.OAuthTokens;
import io.flowmaestro.connections.oauthclient.Secret;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** Who has issued a connection's tokens: a provider of the catalogue, or the authorization server of an MCP server. */
@ApplicationScoped
public class TokenIssuers {

    private final OAuthProviders providers;
    private final Clients clients;
    private final SigningKeys keys;

    TokenIssuers(OAuthProviders providers, Clients clients, SigningKeys keys) {
        this.providers = providers;
        this.clients = clients;
        this.keys = keys;
    }

    /**
     * An issuer.
     *
     * @param settings how it is spoken to for these tokens
     * @param client who we are there; fails where the catalogue's provider has none
     */
    public record TokenIssuer(Provider provider, OAuthSettings settings, Uni<ClientCredentials> client) {
        @Override
        public String toString() {
            return "TokenIssuer[" + provider.key() + "]";
        }
    }

    /** Empty for a provider that the catalogue no longer has. */
    public Uni<Optional<TokenIssuer>> of(String providerKey, OAuthTokens tokens) {
        return McpAuthorization.in(tokens.fields())
                .map(authorization -> Uni.createFrom().item(Optional.of(of(providerKey, authorization))))
                .orElseGet(() -> providers
                        .find(providerKey)
                        .map(found -> found.map(provider -> new TokenIssuer(
                                provider,
                                provider.settings(tokens),
                                Uni.createFrom().deferred(() -> clients.require(provider))))));
    }

    /** The authorization server of an MCP server. */
    public TokenIssuer of(String providerKey, McpAuthorization authorization) {
        return new TokenIssuer(
                authorization.provider(providerKey),
                authorization.settings(),
                Uni.createFrom().item(() -> credentials(authorization)));
    }

    /** Assertions are for the issuer, so that no other server that is spoken to could use one. */
    private ClientCredentials credentials(McpAuthorization authorization) {
        McpClient client = authorization.client();
        Secret secret = client.secret() == null ? Secret.of("") : client.secret();
        ClientKey key =
                client.authMethod().equals(McpClient.SIGNED) ? key(client).withAudience(authorization.issuer()) : null;
        return new ClientCredentials(client.id(), secret, key, null);
    }

    private ClientKey key(McpClient client) {
        return client.privateKey() == null
                ? keys.current()
                : ClientKey.read(client.privateKey().reveal(), null);
    }
}

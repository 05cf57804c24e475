package io.flowmaestro.connections.oauthclient;

import org.jspecify.annotations.Nullable;

/**
 * The client that the operator registered at a provider.
 *
 * @param secret empty for a public client, and for one that signs
 * @param key what a client with {@code private_key_jwt} signs with
 * @param redirectUri the registered one, for providers that want it repeated on a refresh
 */
public record ClientCredentials(
        String id,
        Secret secret,
        @Nullable ClientKey key,
        @Nullable String redirectUri) {

    public ClientCredentials(String id, Secret secret) {
        this(id, secret, null, null);
    }

    public ClientCredentials withRedirectUri(String uri) {
        return new ClientCredentials(id, secret, key, uri);
    }
}

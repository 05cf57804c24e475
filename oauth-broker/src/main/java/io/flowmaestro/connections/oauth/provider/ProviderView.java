package io.flowmaestro.connections.oauth.provider;

/**
 * One line of the list of OAuth providers.
 *
 * @param grant {@code authorization_code}, or {@code client_credentials} where nobody signs in
 */
record ProviderView(String key, String name, String grant, boolean configured) {}

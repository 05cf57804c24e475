package io.flowmaestro.connections.oauth.provider;

/** One line of the list of OAuth providers. */
record ProviderView(String key, String name, boolean configured) {}

package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.oauth.secret.Secret;

/** The client that the operator registered at a provider. A public client's secret is empty. */
public record ClientCredentials(String id, Secret secret) {}

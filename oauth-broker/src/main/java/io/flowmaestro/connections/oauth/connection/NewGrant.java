package io.flowmaestro.connections.oauth.connection;

import java.util.Map;

/** A credential that a new consent of the user brought, and what is known of the account. */
public record NewGrant(NewCredential credential, Map<String, Object> metadata) {}

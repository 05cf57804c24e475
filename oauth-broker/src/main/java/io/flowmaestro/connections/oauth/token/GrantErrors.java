package io.flowmaestro.connections.oauth.token;

import java.util.Set;

/** Error codes that mean a dead grant: RFC 6749's, and what some providers say instead of it. */
final class GrantErrors {

    static final Set<String> CODES = Set.of("invalid_grant", "bad_refresh_token", "invalid_refresh_token");

    private GrantErrors() {}
}

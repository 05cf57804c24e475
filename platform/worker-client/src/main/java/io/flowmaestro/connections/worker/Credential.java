package io.flowmaestro.connections.worker;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A credential that works now, by what it is. No form of it holds a refresh token, and none shows a secret as text. */
public sealed interface Credential {

    Issued issued();

    default UUID connectionId() {
        return issued().connectionId();
    }

    /** How to send it without knowing the provider; empty where the provider is unknown to the suite. */
    default Apply apply() {
        return issued().apply();
    }

    default Optional<Instant> expiresAt() {
        return issued().expiresAt();
    }

    /** {@code oauth2}: an access token, renewed by the broker before it ends. */
    record OAuth2(Issued issued, Secret accessToken, String tokenType, Set<String> scope) implements Credential {}

    /** {@code api_key}. */
    record ApiKey(Issued issued, Secret apiKey, Optional<Secret> apiSecret) implements Credential {}

    /** {@code basic_auth}: also of a database; {@code host}, {@code port}, {@code database}, {@code ssl} are among the fields. */
    record BasicAuth(Issued issued, String username, Secret password) implements Credential {}

    /** {@code custom}: headers of the user's own. */
    record Custom(Issued issued, Map<String, Secret> headers) implements Credential {}

    /** {@code mcp}: to speak to the server oneself; {@link UserConnections#executeTool} needs none of it. */
    record Mcp(Issued issued, String serverUrl, String authType) implements Credential {}
}

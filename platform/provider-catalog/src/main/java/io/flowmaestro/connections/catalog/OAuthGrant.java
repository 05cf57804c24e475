package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a connection's tokens rest on: the consent of a user, or the client's own right (RFC 6749, 4.4). */
public enum OAuthGrant {
    @JsonProperty("authorization_code")
    AUTHORIZATION_CODE,
    @JsonProperty("client_credentials")
    CLIENT_CREDENTIALS
}

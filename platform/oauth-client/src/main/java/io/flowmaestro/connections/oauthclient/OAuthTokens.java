package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one connection.
 *
 * @param issuedAt when the answer with them arrived here, by our clock
 * @param expiresAt null for a token that does not say when it ends
 * @param scope what was granted; what was asked for where the provider does not say
 * @param fields what else the connection's data holds, such as the host or tenant of the account; a refresh keeps it
 */
public record OAuthTokens(
        Secret accessToken,
        @Nullable Secret refreshToken,
        String tokenType,
        @Nullable Instant issuedAt,
        @Nullable Instant expiresAt,
        List<String> scope,
        ObjectNode fields) {

    /** Tokens of a connection that holds nothing else. */
    public OAuthTokens(
            Secret accessToken,
            @Nullable Secret refreshToken,
            String tokenType,
            @Nullable Instant issuedAt,
            @Nullable Instant expiresAt,
            List<String> scope) {
        this(accessToken, refreshToken, tokenType, issuedAt, expiresAt, scope, JsonNodeFactory.instance.objectNode());
    }

    /** The fields that are text, among them the variables of the account. */
    public Map<String, String> texts() {
        Map<String, String> texts = new HashMap<>();
        fields.properties().stream()
                .filter(field -> field.getValue().isTextual())
                .forEach(field -> texts.put(field.getKey(), field.getValue().textValue()));
        return texts;
    }

    public boolean expired(Instant now) {
        return expiresAt != null && !now.isBefore(expiresAt);
    }

    /** What a renewal redeems: the refresh token, or the access token where the provider swaps it. Null for neither. */
    public @Nullable Secret renewalSecret(OAuthSettings settings) {
        return settings.swap() == null ? refreshToken : accessToken;
    }

    /** Whether one of the tokens is the very same: some providers issue what they have issued before. */
    public boolean overlaps(OAuthTokens other) {
        return accessToken.reveal().equals(other.accessToken.reveal())
                || (refreshToken != null
                        && other.refreshToken != null
                        && refreshToken.reveal().equals(other.refreshToken.reveal()));
    }

    /** Whether they can be renewed without their user. */
    public boolean isRenewable(OAuthSettings settings) {
        return settings.clientCredentials() || renewalSecret(settings) != null;
    }

    /** The same tokens in a connection that holds these fields besides, and no others. */
    public OAuthTokens in(ObjectNode otherFields) {
        ObjectNode all = otherFields.deepCopy().remove(TokenData.OF_THE_TOKENS);
        return new OAuthTokens(accessToken, refreshToken, tokenType, issuedAt, expiresAt, scope, all);
    }

    /** The same with further fields; none can take the place of a token. */
    public OAuthTokens with(Map<String, String> variables) {
        ObjectNode more = fields.deepCopy();
        variables.forEach(more::put);
        more.remove(TokenData.OF_THE_TOKENS);
        return new OAuthTokens(accessToken, refreshToken, tokenType, issuedAt, expiresAt, scope, more);
    }

    /**
     * What holds after a refresh. A reply without a refresh token or scope leaves the old one in force (RFC 6749, 6), and
     * one without an expiry is taken to grant the same lifetime again.
     */
    public OAuthTokens renewedBy(TokenGrant grant) {
        return new OAuthTokens(
                        grant.accessToken(),
                        grant.refreshToken() == null ? refreshToken : grant.refreshToken(),
                        grant.tokenType(),
                        grant.receivedAt(),
                        grant.expiresAt() == null ? sameLifetime(grant.receivedAt()) : grant.expiresAt(),
                        grant.scope().isEmpty() ? scope : grant.scope(),
                        fields)
                .with(grant.variables());
    }

    private @Nullable Instant sameLifetime(Instant from) {
        if (issuedAt == null || expiresAt == null || !issuedAt.isBefore(expiresAt)) {
            return null;
        }
        return from.plus(Duration.between(issuedAt, expiresAt));
    }

    @Override
    public String toString() {
        return "OAuthTokens[redacted]";
    }
}

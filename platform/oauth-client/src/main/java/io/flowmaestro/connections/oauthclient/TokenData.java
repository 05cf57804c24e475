package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The form in which tokens are sealed: the suite's {@code oauth2} data, with times in epoch milliseconds. */
public final class TokenData {

    /**
     * Scopes of a provider's second kind that were asked for, separated by spaces: a new sign-in for the connection asks for
     * them again. No answer tells which of them were granted.
     */
    public static final String EXTRA_SCOPES = "extra_scopes";

    static final List<String> OF_THE_TOKENS =
            List.of("access_token", "refresh_token", "token_type", "issued_at", "expires_at", "scope");

    /** The end of the year 9999, after which RFC 3339 has no dates. */
    private static final long LAST = Instant.parse("9999-12-31T23:59:59Z").toEpochMilli();

    private TokenData() {}

    /** What goes into the envelope, and nowhere else. */
    public static ObjectNode write(OAuthTokens tokens) {
        ObjectNode data = tokens.fields().deepCopy();
        data.put("access_token", tokens.accessToken().reveal());
        if (tokens.refreshToken() != null) {
            data.put("refresh_token", tokens.refreshToken().reveal());
        }
        data.put("token_type", tokens.tokenType());
        if (tokens.issuedAt() != null) {
            data.put("issued_at", tokens.issuedAt().toEpochMilli());
        }
        if (tokens.expiresAt() != null) {
            data.put("expires_at", tokens.expiresAt().toEpochMilli());
        }
        var scope = data.putArray("scope");
        tokens.scope().forEach(scope::add);
        return data;
    }

    /** What an envelope held; a connection that users stored themselves may have less in it. */
    public static OAuthTokens read(ObjectNode data) {
        String refreshToken = text(data, "refresh_token");
        return new OAuthTokens(
                Secret.of(Objects.requireNonNullElse(text(data, "access_token"), "")),
                refreshToken == null ? null : Secret.of(refreshToken),
                Objects.requireNonNullElse(text(data, "token_type"), "Bearer"),
                instant(data, "issued_at"),
                instant(data, "expires_at"),
                scope(data.path("scope")),
                data.deepCopy().remove(OF_THE_TOKENS));
    }

    private static List<String> scope(JsonNode scope) {
        return scope.isArray()
                ? scope.valueStream().map(JsonNode::asText).toList()
                : Stream.of(scope.asText("").split(" "))
                        .filter(value -> !value.isEmpty())
                        .toList();
    }

    private static @Nullable String text(ObjectNode data, String field) {
        JsonNode value = data.path(field);
        return value.isTextual() && !value.textValue().isEmpty() ? value.textValue() : null;
    }

    private static @Nullable Instant instant(ObjectNode data, String field) {
        JsonNode value = data.path(field);
        boolean sensible = value.isNumber() && value.longValue() >= 0 && value.longValue() <= LAST;
        return sensible ? Instant.ofEpochMilli(value.longValue()) : null;
    }
}

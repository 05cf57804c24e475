package io.flowmaestro.connections.oauth.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.oauth.provider.OAuthSettings;
import io.flowmaestro.connections.oauth.secret.Secret;
import io.flowmaestro.connections.verification.FactPath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a provider's token answer, whatever shape it has. Says nothing of what it read but an error code. */
final class TokenAnswerReader {

    /** A reader of its own: what our API insists on cannot be asked of other people's servers. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(5);

    private final OAuthSettings settings;

    TokenAnswerReader(OAuthSettings settings) {
        this.settings = settings;
    }

    TokenAnswer read(int status, @Nullable String retryAfter, byte[] body, Instant receivedAt) {
        if (status == 429 || status >= 500) {
            return new TokenAnswer.Unavailable(
                    "the provider answered with status " + status, RetryAfter.parse(retryAfter, DEFAULT_RETRY), true);
        }
        JsonNode answer = parse(body);
        String error = answer == null ? null : TokenErrors.code(answer, settings.tokenResponse());
        if (error != null) {
            return new TokenAnswer.Refused(error);
        }
        boolean success = status >= 200 && status < 300;
        String accessToken =
                answer == null ? null : first(settings.tokenResponse().accessToken(), answer);
        if (!success || answer == null || accessToken == null) {
            return unreadable(status, success);
        }
        return new TokenAnswer.Granted(grant(answer, accessToken, receivedAt));
    }

    /** A success that cannot be read may have rotated the refresh token: it is not settled. */
    private static TokenAnswer unreadable(int status, boolean success) {
        return new TokenAnswer.Unavailable(
                "the provider's answer (status " + status + ") cannot be read", DEFAULT_RETRY, !success);
    }

    private static @Nullable JsonNode parse(byte[] body) {
        try {
            JsonNode answer = JSON.readTree(body);
            return answer != null && answer.isObject() ? answer : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private TokenGrant grant(JsonNode answer, String accessToken, Instant receivedAt) {
        var rules = settings.tokenResponse();
        String refreshToken = first(rules.refreshToken(), answer);
        return new TokenGrant(
                Secret.of(accessToken),
                refreshToken == null ? null : Secret.of(refreshToken),
                Objects.requireNonNullElse(new FactPath("token_type").text(answer), "Bearer"),
                receivedAt,
                TokenExpiry.of(answer, rules, receivedAt),
                scope(answer),
                Account.of(at(rules.accountId(), answer), at(rules.accountName(), answer)));
    }

    /** A string or an array, under {@code scope} or, at one provider, {@code scopes}. */
    private List<String> scope(JsonNode answer) {
        JsonNode scope = new FactPath("scope|scopes").find(answer);
        String separator =
                Objects.requireNonNullElse(settings.tokenResponse().scopeSeparator(), settings.scopeSeparator());
        Stream<String> granted = scope.isArray()
                ? scope.valueStream().map(JsonNode::asText)
                : Stream.of(scope.asText("").replace(separator, " ").split(" "));
        return granted.filter(value -> !value.isBlank()).toList();
    }

    private static @Nullable String first(List<FactPath> paths, JsonNode answer) {
        return paths.stream()
                .map(path -> path.text(answer))
                .filter(value -> value != null && !value.isEmpty())
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String at(@Nullable FactPath path, JsonNode answer) {
        return path == null ? null : path.text(answer);
    }
}

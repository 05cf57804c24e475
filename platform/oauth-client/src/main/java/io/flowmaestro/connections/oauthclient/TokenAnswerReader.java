package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.verification.FactPath;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads a provider's token answer, whatever shape it has. Says nothing of what it read but an error code. */
final class TokenAnswerReader {

    /** A reader of its own: what our API insists on cannot be asked of other people's servers. */
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static final FactPath TYPE = new FactPath("token_type");

    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(5);

    /**
     * What a gateway in front of the provider says when the provider's own answer did not reach it (RFC 9110, 15.6.3 and
     * 15.6.5, and a widespread gateway's own codes for the same): the token may have been redeemed, as after a broken line.
     */
    private static final Set<Integer> LOST_BEHIND_A_GATEWAY = Set.of(502, 504, 520, 524);

    private final OAuthSettings settings;

    TokenAnswerReader(OAuthSettings settings) {
        this.settings = settings;
    }

    TokenAnswer read(TokenReply reply) {
        int status = reply.status();
        if (status == 429 || status >= 500) {
            return new TokenAnswer.Unavailable(
                    "the provider answered with status " + status,
                    RetryAfter.parse(reply.retryAfter(), DEFAULT_RETRY),
                    !LOST_BEHIND_A_GATEWAY.contains(status));
        }
        JsonNode answer = parse(reply.body());
        boolean success = status >= 200 && status < 300;
        String error = answer == null ? null : TokenErrors.code(answer, settings.tokenResponse(), success);
        if (error != null) {
            return GrantErrors.isOfTheMoment(error)
                    ? new TokenAnswer.Unavailable(
                            "the provider answered " + error, RetryAfter.parse(reply.retryAfter(), DEFAULT_RETRY), true)
                    : new TokenAnswer.Refused(standard(error));
        }
        var pair = answer == null ? null : TokenPair.of(settings.tokenResponse(), answer);
        if (!success || answer == null || pair == null || !goesIntoAHeader(pair, answer)) {
            return unreadable(status, success);
        }
        return new TokenAnswer.Granted(grant(answer, pair, reply.receivedAt()));
    }

    /** What a provider calls a dead grant in its own way is RFC 6749's {@code invalid_grant} to us. */
    private String standard(String error) {
        return settings.tokenResponse().grantErrors().contains(error.toLowerCase(Locale.ROOT))
                ? "invalid_grant"
                : error;
    }

    /** A success that cannot be read may have rotated the refresh token: it is not settled. */
    private static TokenAnswer unreadable(int status, boolean success) {
        return new TokenAnswer.Unavailable(
                "the provider's answer (status " + status + ") cannot be read", DEFAULT_RETRY, !success);
    }

    /** What is handed out goes into headers of other people's requests: a line break in it would begin one of its own. */
    private static boolean goesIntoAHeader(TokenPair pair, JsonNode answer) {
        return Stream.of(
                        Stream.of(pair.accessToken().reveal()),
                        Stream.ofNullable(pair.refreshToken()).map(Secret::reveal),
                        Stream.ofNullable(TYPE.text(answer)))
                .flatMap(texts -> texts)
                .noneMatch(text -> text.chars().anyMatch(Character::isISOControl));
    }

    private static @Nullable JsonNode parse(byte[] body) {
        try {
            JsonNode answer = JSON.readTree(body);
            return answer != null && answer.isObject() ? answer : null;
        } catch (IOException notJson) {
            return null;
        }
    }

    private TokenGrant grant(JsonNode answer, TokenPair pair, Instant receivedAt) {
        var rules = settings.tokenResponse();
        return new TokenGrant(
                pair.accessToken(),
                // RFC 6749, 4.4.3: there should be none, for the client needs none.
                settings.clientCredentials() ? null : pair.refreshToken(),
                Objects.requireNonNullElse(TYPE.text(answer), "Bearer"),
                receivedAt,
                expiry(answer, pair, receivedAt),
                scope(answer),
                Account.of(at(rules.accountId(), answer), at(rules.accountName(), answer)),
                Learned.ofToken(settings, answer));
    }

    /** Where the answer says nothing, a token that can be refreshed lives as long as the provider's facts say. */
    private @Nullable Instant expiry(JsonNode answer, TokenPair pair, Instant receivedAt) {
        Instant stated = TokenExpiry.of(answer, settings.tokenResponse(), receivedAt);
        boolean renewable = settings.clientCredentials() || pair.refreshToken() != null;
        return stated == null && renewable && settings.assumedLifetime() != null
                ? receivedAt.plus(settings.assumedLifetime())
                : stated;
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

    private static @Nullable String at(@Nullable FactPath path, JsonNode answer) {
        return path == null ? null : path.text(answer);
    }
}

package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.catalog.RevokeAuth;
import io.flowmaestro.connections.egress.EgressResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a provider's answer to a revocation means. */
final class RevocationAnswer {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration RETRY = Duration.ofSeconds(30);

    /** Said of a token that is dead already, which is what was wanted. */
    private static final Set<String> DEAD = Set.of(
            "invalid_token",
            "invalid_grant",
            "token_revoked",
            "token_expired",
            "account_inactive",
            "invalid_auth",
            "not_authed",
            "bad_refresh_token",
            "invalid_refresh_token");

    private RevocationAnswer() {}

    static RevocationOutcome read(EgressResponse response, OAuthSettings settings) {
        int status = response.status();
        if (status == 429 || status >= 500) {
            return new RevocationOutcome.Unavailable(
                    "the provider answered with status " + status,
                    RetryAfter.parse(response.header("Retry-After").orElse(null), RETRY));
        }
        boolean success = status >= 200 && status < 300;
        String error = error(response, settings, success);
        if (error == null && (success || isGone(status, settings))) {
            return new RevocationOutcome.Revoked();
        }
        if (error == null) {
            return isUnauthorized(status, settings)
                    ? new RevocationOutcome.Revoked()
                    : new RevocationOutcome.Refused("status_" + status);
        }
        if (GrantErrors.isOfTheMoment(error)) {
            return new RevocationOutcome.Unavailable("the provider answered " + error, RETRY);
        }
        boolean dead = DEAD.contains(error.toLowerCase(Locale.ROOT))
                || settings.tokenResponse().grantErrors().contains(error.toLowerCase(Locale.ROOT))
                || isGone(status, settings)
                || isUnauthorized(status, settings);
        return dead ? new RevocationOutcome.Revoked() : new RevocationOutcome.Refused(error);
    }

    /** Where the token is part of the address or of a JSON body, it is what is not found. */
    private static boolean isGone(int status, OAuthSettings settings) {
        var rules = settings.revocation();
        return status == 410
                || (status == 404 && rules != null && rules.method().equals("DELETE"));
    }

    /** Where the token itself is what authorizes the request, a refusal is of the token. */
    private static boolean isUnauthorized(int status, OAuthSettings settings) {
        var rules = settings.revocation();
        return status == 401
                && rules != null
                && (rules.auth() == RevokeAuth.BEARER || rules.auth() == RevokeAuth.HEADER);
    }

    private static @Nullable String error(EgressResponse response, OAuthSettings settings, boolean success) {
        try {
            JsonNode answer = JSON.readTree(response.body().getBytes());
            return answer == null || !answer.isObject()
                    ? null
                    : TokenErrors.code(answer, settings.tokenResponse(), success);
        } catch (IOException notJson) {
            return null;
        }
    }
}

package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.verification.ApplyRules;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A plain provider, with the oddity that a test is about. */
public final class TestSettings {

    private TestSettings() {}

    public static OAuthSettings plain() {
        return with(TokenResponseRules.STANDARD, OAuthSettings.ClientAuthentication.BODY, OAuthSettings.TokenBody.FORM);
    }

    public static OAuthSettings with(TokenResponseRules rules) {
        return with(rules, OAuthSettings.ClientAuthentication.BODY, OAuthSettings.TokenBody.FORM);
    }

    public static OAuthSettings with(OAuthSettings.ClientAuthentication authentication, OAuthSettings.TokenBody body) {
        return with(TokenResponseRules.STANDARD, authentication, body);
    }

    public static OAuthSettings withIssuer(@Nullable String issuer, boolean alwaysSent) {
        return settings(
                issuer,
                alwaysSent,
                TokenResponseRules.STANDARD,
                OAuthSettings.ClientAuthentication.BODY,
                OAuthSettings.TokenBody.FORM);
    }

    private static OAuthSettings with(
            TokenResponseRules rules, OAuthSettings.ClientAuthentication authentication, OAuthSettings.TokenBody body) {
        return settings(null, false, rules, authentication, body);
    }

    private static OAuthSettings settings(
            @Nullable String issuer,
            boolean alwaysSent,
            TokenResponseRules rules,
            OAuthSettings.ClientAuthentication authentication,
            OAuthSettings.TokenBody body) {
        return new OAuthSettings(
                "https://acme.example/authorize",
                "https://acme.example/token",
                "https://acme.example/token",
                issuer,
                alwaysSent,
                List.of("basic"),
                " ",
                false,
                false,
                authentication,
                body,
                Map.of(),
                Map.of(),
                Map.of(),
                Set.of(),
                rules,
                null,
                ApplyRules.BEARER);
    }
}

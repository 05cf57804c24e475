package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.catalog.Account;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.OAuthGrant;
import io.flowmaestro.connections.catalog.Pkce;
import io.flowmaestro.connections.catalog.Refresh;
import io.flowmaestro.connections.catalog.Revoke;
import io.flowmaestro.connections.catalog.TokenResponse;
import io.flowmaestro.connections.oauthclient.OAuthSettings.ClientAuthentication;
import io.flowmaestro.connections.oauthclient.OAuthSettings.TokenBody;
import io.flowmaestro.connections.verification.ApplyRules;
import io.flowmaestro.connections.verification.FactPath;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns facts and variables into settings. */
final class SettingsReading {

    private SettingsReading() {}

    static OAuthSettings of(OAuth2Method facts, Map<String, String> variables) {
        String token = UrlTemplate.fill(known(facts.token()), variables);
        var refresh = facts.refresh();
        boolean ofTheClient = isOfTheClient(facts);
        return new OAuthSettings(
                ofTheClient,
                ofTheClient ? "" : UrlTemplate.fill(known(facts.authorize()), variables),
                token,
                facts.refreshUrl() == null ? token : UrlTemplate.fill(facts.refreshUrl(), variables),
                isOfOneCustomer(facts),
                facts.par() == null ? null : UrlTemplate.fill(facts.par(), variables),
                facts.issuer(),
                facts.authorizationResponseIssParameterSupported(),
                facts.defaultScopes(),
                facts.scopeSeparator(),
                facts.extraScopeParam(),
                facts.noScope(),
                facts.pkce() == Pkce.REJECTED,
                authentication(facts),
                switch (facts.tokenBody()) {
                    case FORM -> TokenBody.FORM;
                    case JSON -> TokenBody.JSON;
                },
                facts.tokenAccept(),
                facts.authorizeParams(),
                facts.tokenParams(),
                facts.refreshParams(),
                Set.copyOf(facts.refreshRepeats()),
                swap(refresh.exchange()),
                refresh.accessTtlS() == null ? null : Duration.ofSeconds(refresh.accessTtlS()),
                Set.copyOf(facts.omitParams()),
                rules(facts.tokenResponse()),
                // A token of the client's own may be one that others hold as well.
                ofTheClient ? null : revocation(facts, variables),
                account(facts.account(), variables),
                ApplyRules.of(facts),
                variables,
                TemplateNames.kept(facts));
    }

    static boolean isOfTheClient(OAuth2Method facts) {
        return facts.grant() == OAuthGrant.CLIENT_CREDENTIALS;
    }

    /** A choice among values that the catalogue knows, such as a region, is the provider's own place all the same. */
    private static boolean isOfOneCustomer(OAuth2Method facts) {
        return UrlTemplate.names(renewalUrl(facts)).stream().anyMatch(name -> {
            var variable = facts.config().get(name);
            return variable == null || variable.values().isEmpty();
        });
    }

    /** Where tokens are renewed, as a template. */
    static String renewalUrl(OAuth2Method facts) {
        return facts.refreshUrl() == null ? known(facts.token()) : facts.refreshUrl();
    }

    static ClientAuthentication authentication(OAuth2Method facts) {
        return switch (facts.tokenAuth()) {
            case BASIC -> ClientAuthentication.BASIC;
            case BODY -> ClientAuthentication.BODY;
            case NONE -> ClientAuthentication.NONE;
            case PRIVATE_KEY_JWT -> ClientAuthentication.PRIVATE_KEY_JWT;
        };
    }

    private static String known(@Nullable String url) {
        if (url == null) {
            throw new IllegalStateException("the issuer's metadata has to complete this definition first");
        }
        return url;
    }

    private static @Nullable SwapRules swap(Refresh.@Nullable Exchange exchange) {
        return exchange == null ? null : new SwapRules(exchange.method(), exchange.url(), exchange.params());
    }

    private static TokenResponseRules rules(TokenResponse answer) {
        return new TokenResponseRules(
                path(answer.okPath()),
                answer.grantErrors().stream()
                        .map(code -> code.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toUnmodifiableSet()),
                paths(answer.accessToken(), "access_token"),
                paths(answer.refreshToken(), "refresh_token"),
                paths(answer.expiresIn(), "expires_in"),
                path(answer.expiresAtIso()),
                path(answer.expiresAtEpoch()),
                answer.scopeSeparator(),
                path(answer.accountId()),
                path(answer.accountName()),
                path(answer.apiBase()),
                path(answer.apiHost()));
    }

    private static @Nullable RevocationRules revocation(OAuth2Method facts, Map<String, String> variables) {
        Revoke revoke = facts.revoke();
        return revoke == null || !revoke.saysWhat(facts.tokenResponse().accountId())
                ? null
                : new RevocationRules(
                        revoke.method(),
                        UrlTemplate.fill(revoke.url(), variables),
                        revoke.standard(),
                        revoke.auth(),
                        revoke.body(),
                        revoke.json(),
                        revoke.headers(),
                        revoke.endsGrant());
    }

    private static @Nullable AccountRules account(@Nullable Account account, Map<String, String> variables) {
        if (account == null || account.url() == null) {
            return null;
        }
        Map<String, FactPath> learn = new TreeMap<>();
        account.learn().forEach((name, path) -> learn.put(name, new FactPath(path)));
        return new AccountRules(
                Objects.requireNonNullElse(account.method(), "GET"),
                UrlTemplate.fill(account.url(), variables),
                account.headers(),
                account.json(),
                path(account.okPath()),
                path(account.id()),
                path(account.name()),
                path(account.apiBase()),
                learn);
    }

    private static List<FactPath> paths(List<String> paths, String otherwise) {
        return (paths.isEmpty() ? List.of(otherwise) : paths)
                .stream().map(FactPath::new).toList();
    }

    private static @Nullable FactPath path(@Nullable String path) {
        return path == null ? null : new FactPath(path);
    }
}

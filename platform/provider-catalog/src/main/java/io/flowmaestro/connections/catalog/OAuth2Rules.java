package io.flowmaestro.connections.catalog;

import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an OAuth 2.0 method must fulfil; combinations that could only fail or be unsafe are refused. */
final class OAuth2Rules {

    /** Written by the broker. A file that replaced one would take the binding of a flow to its user away. */
    private static final Set<String> AUTHORIZE_PARAMS = Set.of(
            "client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method");

    private static final Set<String> TOKEN_PARAMS = Set.of(
            "client_id", "client_secret", "code", "code_verifier", "grant_type", "redirect_uri", "refresh_token");

    private static final Set<String> CALLBACK_PARAMS = Set.of("code", "error", "iss", "state");

    /** The only standard parameter that some provider does not take. */
    private static final Set<String> OMITTABLE = Set.of("response_type", "scope");

    private static final Set<String> REPEATABLE = Set.of("redirect_uri", "scope");

    /** What templates of revocation and account requests may name besides. */
    private static final List<String> OF_THE_GRANT =
            List.of("client_id", "client_secret", "access_token", "refresh_token", "refresh_or_access");

    private final Problems problems;

    OAuth2Rules(Problems problems) {
        this.problems = problems;
    }

    void check(String at, OAuth2Method oauth2) {
        new FieldRules(problems).check(at, oauth2.fields(), oauth2.config(), null);
        urls(at, oauth2);
        scopes(at, oauth2);
        params(at, oauth2);
        refresh(at, oauth2);
        if (isOfTheClient(oauth2)) {
            new ClientGrantRules(problems).check(at, oauth2);
        }
        problems.addIf(
                !isOfTheClient(oauth2)
                        && oauth2.tokenAuth() == TokenAuth.NONE
                        && (oauth2.pkce() == Pkce.REJECTED || oauth2.pkce() == Pkce.UNSUPPORTED),
                at + "token_auth",
                "none needs PKCE, since nothing else would bind the code to the client");
    }

    private static boolean isOfTheClient(OAuth2Method oauth2) {
        return oauth2.grant() == OAuthGrant.CLIENT_CREDENTIALS;
    }

    private void urls(String at, OAuth2Method oauth2) {
        Variables variables = new Variables().config(oauth2.config()).fields(oauth2.fields());
        discovery(at, oauth2);
        if (!isOfTheClient(oauth2)) {
            endpoint(at + "authorize", oauth2.authorize(), oauth2, variables);
        }
        callback(at, oauth2, variables);
        endpoint(at + "token", oauth2.token(), oauth2, variables);
        optional(at + "par", oauth2.par(), variables);
        optional(at + "refresh_url", oauth2.refreshUrl(), variables);
        optional(at + "token_alias", oauth2.tokenAlias(), variables);
        optional(at + "token_legacy", oauth2.tokenLegacy(), variables);
        variables.trusted(OF_THE_GRANT).trusted(answered(oauth2.tokenResponse()));
        if (oauth2.account() != null) {
            variables.trusted(oauth2.account().learn().keySet());
        }
        optional(at + "api_base", oauth2.apiBase(), variables);
        Revoke revoke = oauth2.revoke();
        if (revoke != null) {
            problems.text(at + "revoke.method", revoke.method());
            problems.endpoint(at + "revoke.url", revoke.url(), variables);
            problems.headers(at + "revoke.headers", revoke.headers());
            problems.known(at + "revoke.body", revoke.body(), variables);
            problems.known(at + "revoke.json", revoke.json(), variables);
            problems.addIf(
                    revoke.body() != null && !revoke.json().isEmpty(), at + "revoke", "has body and json; give one");
            problems.addIf(
                    revoke.url() != null
                            && !revoke.saysWhat(oauth2.tokenResponse().accountId()),
                    at + "revoke",
                    "sends no token, so nothing would be revoked; name {access_token}, {refresh_token} or"
                            + " {refresh_or_access}, or leave body and auth out for the form of RFC 7009");
        }
        account(at + "account.", oauth2.account(), variables);
        unused(at, oauth2);
    }

    /** What an issuer's metadata says may be left out. */
    private void endpoint(String at, @Nullable String url, OAuth2Method oauth2, Variables variables) {
        if (url != null || !oauth2.discover()) {
            problems.endpoint(at, url, variables);
        }
    }

    private void discovery(String at, OAuth2Method oauth2) {
        if (oauth2.discover() && problems.text(at + "issuer", oauth2.issuer()) && oauth2.issuer() != null) {
            problems.endpoint(at + "issuer", oauth2.issuer(), new Variables());
        }
    }

    private void account(String at, @Nullable Account account, Variables variables) {
        if (account == null) {
            return;
        }
        problems.endpoint(at + "url", account.url(), variables);
        problems.headers(at + "headers", account.headers());
        problems.addIf(account.body() != null && !account.json().isEmpty(), at + "json", "has body as well; give one");
    }

    private void callback(String at, OAuth2Method oauth2, Variables variables) {
        reserved(at + "callback_params", oauth2.callbackParams(), CALLBACK_PARAMS);
        oauth2.callbackPatterns().forEach((name, pattern) -> {
            problems.addIf(
                    !oauth2.callbackParams().contains(name),
                    at + "callback_patterns",
                    "'" + name + "' is not among callback_params");
            problems.regex(at + "callback_patterns." + name, pattern);
        });
        problems.addIf(
                oauth2.callbackHmac() != null && !oauth2.callbackParams().contains(oauth2.callbackHmac()),
                at + "callback_hmac",
                "'" + oauth2.callbackHmac() + "' is not among callback_params");
        oauth2.callbackEquals().forEach((name, template) -> {
            problems.addIf(
                    !oauth2.callbackParams().contains(name),
                    at + "callback_equals",
                    "'" + name + "' is not among callback_params");
            problems.known(at + "callback_equals." + name, template, variables);
        });
        variables.trusted(oauth2.callbackPatterns().keySet());
        variables.unbounded(oauth2.callbackParams());
    }

    /** A choice that changes nothing would mislead whoever makes it. */
    private void unused(String at, OAuth2Method oauth2) {
        List<String> used = Stream.of(
                        oauth2.authorize(),
                        oauth2.token(),
                        oauth2.refreshUrl(),
                        oauth2.apiBase(),
                        oauth2.revoke() == null ? null : oauth2.revoke().url(),
                        oauth2.account() == null ? null : oauth2.account().url())
                .filter(Objects::nonNull)
                .flatMap(url -> Urls.variables(url).stream())
                .toList();
        oauth2.config().keySet().stream()
                .filter(name -> !used.contains(name))
                .forEach(name -> problems.add(at + "config." + name, "no URL uses it; leave it out"));
    }

    private void scopes(String at, OAuth2Method oauth2) {
        for (String scope : oauth2.defaultScopes()) {
            problems.addIf(
                    scope.isBlank() || scope.chars().anyMatch(Character::isWhitespace),
                    at + "default_scopes",
                    "'" + scope + "' is not a scope; write one per list item");
        }
        problems.separator(at + "scope_separator", oauth2.scopeSeparator());
        problems.separator(
                at + "token_response.scope_separator", oauth2.tokenResponse().scopeSeparator());
        problems.addIf(
                oauth2.noScope() && (!oauth2.defaultScopes().isEmpty() || oauth2.extraScopeParam() != null),
                at + "no_scope",
                "contradicts default_scopes and extra_scope_param; leave them out");
    }

    private void params(String at, OAuth2Method oauth2) {
        reserved(at + "authorize_params", oauth2.authorizeParams().keySet(), AUTHORIZE_PARAMS);
        reserved(at + "token_params", oauth2.tokenParams().keySet(), TOKEN_PARAMS);
        reserved(at + "refresh_params", oauth2.refreshParams().keySet(), TOKEN_PARAMS);
        problems.headers(at + "api_auth_header", oauth2.apiAuthHeader());
        oauth2.refreshRepeats().stream()
                .filter(name -> !REPEATABLE.contains(name))
                .forEach(name -> problems.add(
                        at + "refresh_repeats", "'" + name + "' is not allowed; allowed are: redirect_uri, scope"));
        oauth2.omitParams().stream()
                .filter(name -> !OMITTABLE.contains(name))
                .forEach(name -> problems.add(
                        at + "omit_params", "'" + name + "' is not allowed; allowed are: response_type, scope"));
    }

    private void refresh(String at, OAuth2Method oauth2) {
        Refresh refresh = oauth2.refresh();
        boolean never = refresh.rotates() == Rotation.NONE;
        boolean tokenFacts = refresh.rtTtlS() != null
                || refresh.rtHardTtlS() != null
                || refresh.rtSliding()
                || refresh.reuseTolerated()
                || refresh.reuseLeewayS() != null
                || refresh.previousRtValidUntilReplacementUsed();
        problems.addIf(
                never
                        && (tokenFacts
                                || oauth2.refreshUrl() != null
                                || !oauth2.refreshParams().isEmpty()
                                || !oauth2.refreshRepeats().isEmpty()),
                at + "refresh.rotates",
                "none says that there are no refresh tokens; leave out what is said of them");
        problems.addIf(
                !never && refresh.exchange() != null,
                at + "refresh.exchange",
                "takes the place of a refresh; it needs rotates: none");
        if (refresh.exchange() != null) {
            problems.text(at + "refresh.exchange.method", refresh.exchange().method());
            problems.endpoint(at + "refresh.exchange.url", refresh.exchange().url(), new Variables());
        }
    }

    private void optional(String at, @Nullable String url, Variables variables) {
        if (url != null) {
            problems.endpoint(at, url, variables);
        }
    }

    private void reserved(String at, Collection<String> names, Set<String> reserved) {
        names.stream()
                .filter(reserved::contains)
                .forEach(name -> problems.add(at, "'" + name + "' is set by the flow itself; leave it out"));
    }

    private static List<String> answered(TokenResponse answer) {
        return Stream.of(answer.apiBase(), answer.apiHost(), answer.accountId())
                .filter(Objects::nonNull)
                .toList();
    }
}

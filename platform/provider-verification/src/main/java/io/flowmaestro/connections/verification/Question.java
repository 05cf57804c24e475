package io.flowmaestro.connections.verification;

import io.flowmaestro.connections.catalog.Account;
import io.flowmaestro.connections.catalog.ApiKeyMethod;
import io.flowmaestro.connections.catalog.BasicAuthMethod;
import io.flowmaestro.connections.catalog.CustomMethod;
import io.flowmaestro.connections.catalog.Methods;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.catalog.Verify;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider is asked, before a credential is put into it.
 *
 * @param path appended to the base URL; null where {@code url} says it all
 * @param json members of a JSON body; empty for none
 * @param form a form-encoded body; null for none
 * @param scopes without which an OAuth token may be good and be refused all the same
 */
record Question(
        ApplyRules rules,
        String httpMethod,
        @Nullable String path,
        @Nullable String url,
        Map<String, String> headers,
        Map<String, String> json,
        @Nullable String form,
        List<String> scopes,
        Check check) {

    /** Empty where the catalogue knows of nothing to ask. */
    static Optional<Question> of(Provider provider, String connectionMethod) {
        Methods methods = provider.methods();
        return switch (connectionMethod) {
            case "api_key" -> Optional.ofNullable(methods.apiKey()).flatMap(Question::apiKey);
            case "basic_auth" -> Optional.ofNullable(methods.basicAuth()).flatMap(Question::basicAuth);
            case "custom" -> Optional.ofNullable(methods.custom()).flatMap(Question::custom);
            case "oauth2" -> Optional.ofNullable(methods.oauth2()).flatMap(Question::oauth2);
            default -> Optional.empty();
        };
    }

    private static Optional<Question> apiKey(ApiKeyMethod method) {
        return verify(ApplyRules.of(method), method.verify(), method.account());
    }

    private static Optional<Question> basicAuth(BasicAuthMethod method) {
        return verify(ApplyRules.of(method), method.verify(), null);
    }

    private static Optional<Question> custom(CustomMethod method) {
        return verify(ApplyRules.of(method), method.verify(), null);
    }

    private static Optional<Question> verify(ApplyRules rules, @Nullable Verify verify, @Nullable Account account) {
        return Optional.ofNullable(verify)
                .map(asked -> new Question(
                        rules,
                        asked.method(),
                        asked.path(),
                        null,
                        Map.of(),
                        asked.json(),
                        null,
                        List.of(),
                        Check.of(asked, account)));
    }

    private static Optional<Question> oauth2(OAuth2Method method) {
        Account account = method.account();
        if (account == null || account.url() == null) {
            return Optional.empty();
        }
        boolean bodyless = account.body() == null || account.body().equals("none");
        return Optional.of(new Question(
                ApplyRules.of(method),
                Objects.requireNonNullElse(account.method(), "GET"),
                null,
                account.url(),
                account.headers(),
                account.json(),
                bodyless ? null : account.body(),
                account.needsScope() == null
                        ? List.of()
                        : List.of(account.needsScope().split(" ")),
                Check.of(account)));
    }
}

package io.flowmaestro.connections.catalog;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the methods whose data a user types in must fulfil. */
final class KeyRules {

    private final Problems problems;

    KeyRules(Problems problems) {
        this.problems = problems;
    }

    void apiKey(String at, ApiKeyMethod apiKey) {
        new FieldRules(problems).check(at, apiKey.fields(), apiKey.config(), StandardFields.API_KEY);
        Variables variables = variables("key", "api_secret", "base_url")
                .config(apiKey.config())
                .fields(apiKey.fields());
        problems.endpoint(at + "base", apiKey.base(), variables);
        problems.headers(at + "header", apiKey.header());
        problems.known(at + "header", apiKey.header(), variables);
        problems.known(at + "query", apiKey.query(), variables);
        problems.known(at + "alt_query", apiKey.altQuery(), variables);
        basic(at, apiKey.basic(), variables);
        new VerifyRules(problems).check(at, apiKey.verify(), apiKey.base(), variables);
        sent(at, apiKey);
        Account account = apiKey.account();
        problems.addIf(
                account != null && apiKey.verify() == null, at + "account", "is read from verify, which is missing");
        problems.addIf(
                account != null && account.url() != null,
                at + "account.url",
                "the answer of verify names the account; leave it out");
    }

    void basicAuth(String at, BasicAuthMethod basicAuth) {
        new FieldRules(problems).check(at, basicAuth.fields(), basicAuth.config(), StandardFields.BASIC_AUTH);
        Variables variables = variables("base_url").config(basicAuth.config()).fields(basicAuth.fields());
        if (basicAuth.base() != null) {
            problems.endpoint(at + "base", basicAuth.base(), variables);
        }
        basic(at, basicAuth.basic(), variables);
        new VerifyRules(problems).check(at, basicAuth.verify(), basicAuth.base(), variables);
    }

    void custom(String at, CustomMethod custom) {
        new FieldRules(problems).check(at, custom.fields(), custom.config(), StandardFields.CUSTOM);
        Variables variables = variables("base_url").config(custom.config()).fields(custom.fields());
        if (custom.base() != null) {
            problems.endpoint(at + "base", custom.base(), variables);
        }
        new VerifyRules(problems).check(at, custom.verify(), custom.base(), variables);
    }

    private void sent(String at, ApiKeyMethod apiKey) {
        problems.addIf(
                apiKey.header().isEmpty() && apiKey.query().isEmpty() && apiKey.basic() == null && !apiKey.pathSecret(),
                at + "header",
                "says nowhere how the key is sent; give header, query, basic or path_secret");
        boolean inPath = hasKey(apiKey.base())
                || (apiKey.verify() != null && hasKey(apiKey.verify().path()));
        problems.addIf(
                inPath && !apiKey.pathSecret(), at + "path_secret", "must be true, since {key} is part of a URL");
        problems.addIf(
                !inPath && apiKey.pathSecret(), at + "path_secret", "must not be there, since no URL holds {key}");
    }

    private void basic(String at, @Nullable BasicPair basic, Variables variables) {
        if (basic == null) {
            return;
        }
        problems.addIf(
                basic.user() == null || basic.pass() == null, at + "basic", "needs user and pass; either may be \"\"");
        problems.known(at + "basic.user", basic.user(), variables);
        problems.known(at + "basic.pass", basic.pass(), variables);
    }

    /** The user's own base URL is checked as one when it is stored. */
    private static Variables variables(String... names) {
        return new Variables()
                .unbounded(Stream.of(names)
                        .filter(name -> !name.equals("base_url"))
                        .toList())
                .trusted(Stream.of(names).filter("base_url"::equals).toList());
    }

    private static boolean hasKey(@Nullable String template) {
        return template != null && Urls.variables(template).containsAll(List.of("key"));
    }
}

package io.flowmaestro.connections.catalog;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a well-formed file must fulfil besides its keys and types. Collects every problem of one file. */
final class ProviderRules {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern SERVER_URL_ENV = Pattern.compile("MCP_[A-Z0-9_]+_URL");
    /** Paths of the broker's own, where it would have the provider's: {@code /api/oauth/{key}/…}; mcp also stands for all MCP servers. */
    private static final Set<String> RESERVED_KEYS = Set.of("flows", "jwks", "mcp", "providers");

    private static final String SLUG_RULE = "lower-case letters, digits and '-', at most 64 characters";

    private final Problems problems = new Problems();

    private ProviderRules() {}

    static List<String> check(Provider provider) {
        ProviderRules rules = new ProviderRules();
        rules.provider(provider);
        return rules.problems.found();
    }

    private void provider(Provider provider) {
        problems.matches("key", provider.key(), SLUG, SLUG_RULE);
        problems.addIf(
                provider.key() != null && RESERVED_KEYS.contains(provider.key()),
                "key",
                "'" + provider.key() + "' is the name of something else in our API; choose another");
        problems.text("name", provider.name());
        missing("category", provider.category(), Category.ALLOWED);
        if (provider.icon() != null) {
            problems.matches("icon", provider.icon(), SLUG, SLUG_RULE);
        }
        if (provider.docsUrl() != null) {
            problems.page("docs_url", provider.docsUrl());
        }
        problems.addIf(provider.source() != null, "source", "is set by the catalogue; leave it out");
        @Nullable Methods methods = provider.methods();
        if (methods == null || methods.names().isEmpty()) {
            problems.add("methods", "at least one is needed; allowed are: oauth2, api_key, basic_auth, custom, mcp");
        } else {
            methods(methods);
        }
    }

    private void missing(String at, @Nullable Object value, String allowed) {
        problems.addIf(value == null, at, "is missing; allowed are: " + allowed);
    }

    private void methods(Methods methods) {
        KeyRules keys = new KeyRules(problems);
        if (methods.oauth2() != null) {
            new OAuth2Rules(problems).check("methods.oauth2.", methods.oauth2());
        }
        if (methods.apiKey() != null) {
            keys.apiKey("methods.api_key.", methods.apiKey());
        }
        if (methods.basicAuth() != null) {
            keys.basicAuth("methods.basic_auth.", methods.basicAuth());
        }
        if (methods.custom() != null) {
            keys.custom("methods.custom.", methods.custom());
        }
        if (methods.mcp() != null) {
            mcp("methods.mcp.", methods.mcp());
        }
    }

    private void mcp(String at, McpMethod mcp) {
        if (problems.text(at + "server_url", mcp.serverUrl()) && !Urls.isServerUrl(mcp.serverUrl())) {
            problems.add(at + "server_url", "'" + mcp.serverUrl() + "' is not an absolute http, https, ws or wss URL");
        }
        if (mcp.serverUrlEnv() != null) {
            // The pattern keeps a file from reading any other of the process's variables, secrets among them.
            problems.matches(at + "server_url_env", mcp.serverUrlEnv(), SERVER_URL_ENV, "MCP_<NAME>_URL");
        }
        problems.addIf(
                mcp.oauth() != null && mcp.authType() != McpAuth.OAUTH2, at + "oauth", "needs auth_type: oauth2");
        problems.addIf(
                mcp.apiKeyHeader() != null && mcp.authType() != McpAuth.API_KEY,
                at + "api_key_header",
                "needs auth_type: api_key");
        new FieldRules(problems).check(at, mcp.fields(), Map.of(), null);
    }
}

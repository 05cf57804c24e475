package io.flowmaestro.connections.catalog;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** What a well-formed file must fulfil besides its keys and types. Collects every problem of one file. */
final class ProviderRules {

    private static final Pattern SLUG = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");
    private static final Pattern FIELD = Pattern.compile("[a-z][a-z0-9_]{0,63}");
    private static final Pattern HEADER = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+|\\{[a-z_]+}");
    private static final Pattern SERVER_URL_ENV = Pattern.compile("MCP_[A-Z0-9_]+_URL");
    private static final Set<String> KEY_VARIABLES = Set.of("key", "secret", "base_url", "username", "password");

    private final List<String> problems = new ArrayList<>();

    private ProviderRules() {}

    static List<String> check(Provider provider) {
        ProviderRules rules = new ProviderRules();
        rules.provider(provider);
        return List.copyOf(rules.problems);
    }

    private void provider(Provider provider) {
        matches("key", provider.key(), SLUG, "lower-case letters, digits and '-', at most 64 characters");
        text("name", provider.name());
        matches("category", provider.category(), SLUG, "lower-case letters, digits and '-'");
        @Nullable Methods methods = provider.methods();
        if (methods == null || methods.names().isEmpty()) {
            problems.add("methods: at least one is needed; allowed are: oauth2, api_key, basic_auth, custom, mcp");
            return;
        }
        if (methods.oauth2() != null) {
            oauth2("methods.oauth2.", methods.oauth2());
        }
        if (methods.apiKey() != null) {
            apiKey("methods.api_key.", methods.apiKey());
        }
        if (methods.basicAuth() != null) {
            fields("methods.basic_auth.", methods.basicAuth().fields());
        }
        if (methods.custom() != null) {
            fields("methods.custom.", methods.custom().fields());
        }
        if (methods.mcp() != null) {
            mcp("methods.mcp.", methods.mcp());
        }
    }

    private void oauth2(String at, OAuth2Method oauth2) {
        Set<String> variables = new HashSet<>(oauth2.config().keySet());
        fields(at, oauth2.fields());
        url(at + "authorize", oauth2.authorize(), variables);
        variables.addAll(oauth2.callbackParams());
        url(at + "token", oauth2.token(), variables);
        if (oauth2.refreshUrl() != null) {
            url(at + "refresh_url", oauth2.refreshUrl(), variables);
        }
        if (oauth2.revoke() != null) {
            text(at + "revoke.method", oauth2.revoke().method());
            text(at + "revoke.url", oauth2.revoke().url());
        }
        for (String scope : oauth2.defaultScopes()) {
            if (scope.isBlank() || scope.chars().anyMatch(Character::isWhitespace)) {
                problems.add(at + "default_scopes: '" + scope + "' is not a scope; write one per list item");
            }
        }
    }

    private void apiKey(String at, ApiKeyMethod apiKey) {
        Set<String> variables = new HashSet<>(KEY_VARIABLES);
        variables.addAll(apiKey.config().keySet());
        apiKey.fields().forEach(field -> variables.add(String.valueOf(field.name())));
        fields(at, apiKey.fields());
        url(at + "base", apiKey.base(), variables);
        headers(at + "header", apiKey.header());
        headers(at + "alt_header", apiKey.altHeader());
        if (apiKey.header().isEmpty() && apiKey.query().isEmpty() && apiKey.basic() == null && !apiKey.pathSecret()) {
            problems.add(at + "header: says nowhere how the key is sent; give header, query, basic or path_secret");
        }
        if (apiKey.verify() != null) {
            text(at + "verify.method", apiKey.verify().method());
            text(at + "verify.path", apiKey.verify().path());
        }
    }

    private void mcp(String at, McpMethod mcp) {
        if (text(at + "server_url", mcp.serverUrl()) && !Urls.isServerUrl(mcp.serverUrl())) {
            problems.add(at + "server_url: '" + mcp.serverUrl() + "' is not an absolute http, https, ws or wss URL");
        }
        if (mcp.serverUrlEnv() != null) {
            // The pattern keeps a file from reading any other of the process's variables, secrets among them.
            matches(at + "server_url_env", mcp.serverUrlEnv(), SERVER_URL_ENV, "MCP_<NAME>_URL");
        }
        fields(at, mcp.fields());
    }

    private void fields(String at, List<Field> fields) {
        Set<String> names = new HashSet<>();
        for (Field field : fields) {
            matches(at + "fields.name", field.name(), FIELD, "lower-case letters, digits and '_'");
            if (!names.add(field.name())) {
                problems.add(at + "fields: '" + field.name() + "' is there twice");
            }
            if (field.pattern() != null && !compiles(field.pattern())) {
                problems.add(at + "fields." + field.name() + ".pattern: not a regular expression");
            }
        }
    }

    private void headers(String at, Map<String, String> headers) {
        headers.forEach((name, value) -> {
            if (!HEADER.matcher(name).matches()
                    || value == null
                    || value.chars().anyMatch(Character::isISOControl)) {
                problems.add(at + ": '" + name + "' is not a header name with a one-line value");
            }
        });
    }

    private void url(String at, @Nullable String url, Set<String> variables) {
        if (!text(at, url) || url == null) {
            return;
        }
        Urls.unknownVariables(url, variables)
                .forEach(name -> problems.add(at + ": {" + name + "} is not declared under config or fields"));
        if (!Urls.isEndpoint(url)) {
            problems.add(at + ": '" + url + "' is not an https URL (http is for loopback only)");
        }
    }

    private void matches(String at, @Nullable String value, Pattern pattern, String allowed) {
        if (text(at, value) && value != null && !pattern.matcher(value).matches()) {
            problems.add(at + ": '" + value + "' is not allowed; allowed are: " + allowed);
        }
    }

    private boolean text(String at, @Nullable String value) {
        boolean present = value != null && !value.isBlank() && value.length() <= 2048;
        if (!present) {
            problems.add(at + ": is missing, empty or too long");
        }
        return present;
    }

    private static boolean compiles(String pattern) {
        try {
            Pattern.compile(pattern);
            return true;
        } catch (PatternSyntaxException wrong) {
            return false;
        }
    }
}

package io.flowmaestro.connections.oauth.flow;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a user asks for where nobody signs in.
 *
 * @param name of the connection; made from the account otherwise
 * @param scopes beyond the provider's default ones
 * @param config variables of a provider that has addresses of its own for each customer
 */
record ConnectRequest(
        @Nullable String name,
        @Nullable List<@Nullable String> scopes,
        @Nullable Map<String, @Nullable String> config) {

    private static final ConnectRequest NOTHING = new ConnectRequest(null, null, null);

    /** The same, checked, with nothing missing. */
    record Valid(@Nullable String name, List<String> scopes, Map<String, String> config) {}

    static Valid valid(@Nullable ConnectRequest request) {
        var given = request == null ? NOTHING : request;
        return new Valid(AuthorizeRequest.name(given.name), given.checkedScopes(), given.checkedConfig());
    }

    private List<String> checkedScopes() {
        return scopes == null ? List.of() : AuthorizeRequest.scopes(String.join(" ", scopes));
    }

    private Map<String, String> checkedConfig() {
        Map<String, String> checked = new HashMap<>();
        if (config != null) {
            config.forEach((key, value) -> {
                if (value == null) {
                    throw AuthorizeRequest.invalid("config must have a text for each name.");
                }
                checked.put(key, AuthorizeRequest.variable(value));
            });
        }
        return checked;
    }
}

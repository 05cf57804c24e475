package io.flowmaestro.connections.oauth.provider;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a provider takes an API key, with {@code {field}} standing for a field of the connection's data and
 * {@code {key}} for its {@code api_key}.
 *
 * @param defaults of the variables that a connection need not set
 */
public record ApiKeySettings(
        @Nullable String baseUrl,
        Map<String, String> headers,
        Map<String, String> query,
        @Nullable Basic basic,
        Map<String, String> defaults) {

    /** The key inside HTTP Basic authentication. */
    public record Basic(String user, String password) {}
}

package io.flowmaestro.connections.oauth.flow;

import jakarta.ws.rs.core.MultivaluedMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the provider's redirect brought. A parameter that comes more than once counts as absent (RFC 6749, 3.1), since
 * two readers could pick different ones.
 *
 * @param browser the cookie's value
 * @param all every parameter that came once
 */
record CallbackRequest(
        String provider,
        @Nullable String state,
        @Nullable String code,
        @Nullable String error,
        @Nullable String errorDescription,
        @Nullable String issuer,
        @Nullable String browser,
        Map<String, String> all) {

    static CallbackRequest of(String provider, MultivaluedMap<String, String> query, @Nullable String browser) {
        return new CallbackRequest(
                provider,
                only(query, "state"),
                only(query, "code"),
                only(query, "error"),
                only(query, "error_description"),
                only(query, "iss"),
                browser,
                single(query));
    }

    private static Map<String, String> single(MultivaluedMap<String, String> query) {
        Map<String, String> all = new HashMap<>();
        for (String name : query.keySet()) {
            String value = only(query, name);
            if (value != null) {
                all.put(name, value);
            }
        }
        return all;
    }

    private static @Nullable String only(MultivaluedMap<String, String> query, String name) {
        List<String> values = query.get(name);
        return values == null || values.size() != 1 || values.getFirst().isEmpty() ? null : values.getFirst();
    }

    @Override
    public String toString() {
        return "CallbackRequest[" + provider + "]";
    }
}

package io.flowmaestro.connections.verification;

import io.flowmaestro.connections.catalog.ApiKeyMethod;
import io.flowmaestro.connections.catalog.BasicAuthMethod;
import io.flowmaestro.connections.catalog.BasicPair;
import io.flowmaestro.connections.catalog.CustomMethod;
import io.flowmaestro.connections.catalog.OAuth2Method;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a provider takes a credential. {@code {key}} stands for the connection's {@code api_key}, any other
 * {@code {name}} for the field of that name in its data, or for the variable's default.
 *
 * @param base where the API is; null where only the connection may know
 * @param basic the two halves of HTTP Basic; null for none
 * @param variables what is known of the names in braces; a name need not be among them
 * @param ownHeaders whether the connection brings headers of its own in {@code headers}
 */
public record ApplyRules(
        @Nullable String base,
        Map<String, String> headers,
        Map<String, String> query,
        @Nullable Basic basic,
        Map<String, Variable> variables,
        boolean ownHeaders) {

    /** Templates of the user name and the password. */
    public record Basic(String user, String password) {}

    private static final Basic USER_AND_PASSWORD = new Basic("{username}", "{password}");

    /** Nothing is known but what the connection says of its base URL. */
    public static final ApplyRules NONE = new ApplyRules(null, Map.of(), Map.of(), null, Map.of(), false);

    /** RFC 6750. */
    public static final ApplyRules BEARER = NONE.withHeaders(Map.of("Authorization", "Bearer {access_token}"));

    /** RFC 7617. */
    public static final ApplyRules BASIC = basic(null, null, Map.of());

    /** The connection's own headers. */
    public static final ApplyRules CUSTOM = custom(null, Map.of());

    static ApplyRules of(ApiKeyMethod method) {
        return new ApplyRules(
                method.base(),
                method.header(),
                method.query(),
                pair(method.basic()),
                Variable.all(method.fields(), method.config()),
                false);
    }

    static ApplyRules of(BasicAuthMethod method) {
        return basic(method.base(), pair(method.basic()), Variable.all(method.fields(), method.config()));
    }

    static ApplyRules of(CustomMethod method) {
        return custom(method.base(), Variable.all(method.fields(), method.config()));
    }

    /** The access token of an OAuth method, with its variables. */
    public static ApplyRules of(OAuth2Method method) {
        Map<String, Variable> variables = new LinkedHashMap<>(Variable.all(method.fields(), method.config()));
        method.callbackPatterns().forEach((name, pattern) -> variables.put(name, Variable.like(pattern)));
        return oauth(method.apiAuth(), method.apiAuthHeader(), method.apiBase(), variables);
    }

    /**
     * A user name and a password.
     *
     * @param basic null for the connection's {@code username} and {@code password} as they are
     */
    public static ApplyRules basic(@Nullable String base, @Nullable Basic basic, Map<String, Variable> variables) {
        Map<String, Variable> all = new LinkedHashMap<>(variables);
        all.put("password", Variable.withDefault(""));
        return new ApplyRules(base, Map.of(), Map.of(), basic == null ? USER_AND_PASSWORD : basic, all, false);
    }

    /** Headers of the connection's own. */
    public static ApplyRules custom(@Nullable String base, Map<String, Variable> variables) {
        return new ApplyRules(base, Map.of(), Map.of(), null, variables, true);
    }

    /**
     * An access token.
     *
     * @param apiAuth value of the {@code Authorization} header; null for RFC 6750
     * @param apiAuthHeader takes its place, unless it is empty
     */
    public static ApplyRules oauth(
            @Nullable String apiAuth,
            Map<String, String> apiAuthHeader,
            @Nullable String base,
            Map<String, Variable> variables) {
        Map<String, String> headers = !apiAuthHeader.isEmpty()
                ? apiAuthHeader
                : Map.of("Authorization", apiAuth == null ? "Bearer {access_token}" : apiAuth);
        return new ApplyRules(base, headers, Map.of(), null, variables, false);
    }

    private ApplyRules withHeaders(Map<String, String> others) {
        return new ApplyRules(base, others, query, basic, variables, ownHeaders);
    }

    private static @Nullable Basic pair(@Nullable BasicPair pair) {
        return pair == null ? null : new Basic(pair.user(), pair.pass());
    }
}

package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Revocation at the provider.
 *
 * @param auth null for the client's own way at the token endpoint, or for none where a template holds the token
 * @param body form body as a template, {@code json} the same for a JSON one
 * @param endsGrant ends everything between the user and the client, other connections of theirs included
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Revoke(
        String method,
        String url,
        @Nullable RevokeAuth auth,
        @Nullable String body,
        Map<String, String> json,
        Map<String, String> headers,
        boolean endsGrant) {

    private static final Set<String> TOKENS = Set.of("access_token", "refresh_token", "refresh_or_access");

    public Revoke {
        json = Defaults.map(json);
        headers = Defaults.map(headers);
    }

    /** Whether the token goes as RFC 7009, 2.1 says, in a form with the client's proof: nothing else is said of it. */
    public boolean standard() {
        boolean silent = body == null && json.isEmpty();
        return silent && (auth == RevokeAuth.BASIC || auth == RevokeAuth.BODY || (auth == null && !namesAnyOf(TOKENS)));
    }

    /**
     * Whether the provider learns what to take back. A request that does not say it may well be answered with success.
     *
     * @param account the name under which the provider's token answer holds the account
     */
    public boolean saysWhat(@Nullable String account) {
        return standard()
                || auth == RevokeAuth.BEARER
                || auth == RevokeAuth.HEADER
                || namesAnyOf(TOKENS)
                || (account != null && namesAnyOf(Set.of(account)));
    }

    private boolean namesAnyOf(Collection<String> names) {
        return Stream.of(Stream.of(url), Stream.ofNullable(body), json.values().stream(), headers.values().stream())
                .flatMap(templates -> templates)
                .flatMap(template -> Urls.variables(template).stream())
                .anyMatch(names::contains);
    }
}

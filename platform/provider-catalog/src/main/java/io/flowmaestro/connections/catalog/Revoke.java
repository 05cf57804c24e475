package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Revocation at the provider.
 *
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

    public Revoke {
        json = Defaults.map(json);
        headers = Defaults.map(headers);
    }
}

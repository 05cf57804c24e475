package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The provider's cheap "who am I" call: it tests a connection and names its account.
 *
 * @param id dotted path of the account's id; {@code |} separates alternatives. A success whose id is null is what an
 *     anonymous visitor gets
 * @param name dotted path of what a person would call the account
 * @param url absent for an API key, whose verification answers with the account
 * @param learn paths of values that the connection keeps under these names, for use in templates
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Account(
        @Nullable String method,
        @Nullable String url,
        Map<String, String> headers,
        Map<String, String> json,
        @Nullable String body,
        @Nullable String okPath,
        @Nullable String id,
        @Nullable String name,
        @Nullable String apiBase,
        Map<String, String> learn,
        @Nullable String needsScope) {

    public Account {
        headers = Defaults.map(headers);
        json = Defaults.map(json);
        learn = Defaults.map(learn);
    }
}

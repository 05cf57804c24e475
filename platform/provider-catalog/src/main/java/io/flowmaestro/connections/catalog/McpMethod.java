package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An MCP server. The address is a suggestion: users may give their own.
 *
 * @param serverUrlEnv environment variable that replaces {@code server_url} where it is set, e.g.
 *     {@code MCP_FILESYSTEM_URL}
 * @param oauth how the server's authorization is found, with {@code auth_type: oauth2} only
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record McpMethod(
        String serverUrl,
        @Nullable String serverUrlEnv,
        McpAuth authType,
        @Nullable String apiKeyHeader,
        @Nullable McpOAuth oauth,
        List<Field> fields,
        @Nullable String note,
        List<String> unverified,
        List<String> src) {

    public McpMethod {
        authType = Defaults.value(authType, McpAuth.NONE);
        fields = Defaults.list(fields);
        unverified = Defaults.list(unverified);
        src = Defaults.list(src);
    }

    McpMethod at(String url) {
        return new McpMethod(url, serverUrlEnv, authType, apiKeyHeader, oauth, fields, note, unverified, src);
    }
}

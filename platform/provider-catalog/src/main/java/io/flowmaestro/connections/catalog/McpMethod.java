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
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record McpMethod(
        String serverUrl,
        @Nullable String serverUrlEnv,
        McpAuth authType,
        @Nullable String apiKeyHeader,
        List<Field> fields,
        @Nullable String note,
        List<String> unverified) {

    public McpMethod {
        authType = Defaults.value(authType, McpAuth.NONE);
        fields = Defaults.list(fields);
        unverified = Defaults.list(unverified);
    }

    McpMethod at(String url) {
        return new McpMethod(url, serverUrlEnv, authType, apiKeyHeader, fields, note, unverified);
    }
}

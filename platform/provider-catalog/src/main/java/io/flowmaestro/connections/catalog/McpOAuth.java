package io.flowmaestro.connections.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Authorization of an MCP server, which the server itself describes.
 *
 * @param discovery paths of the metadata documents in the order in which they are tried; {@code {path}} is the path of
 *     the server's URL (RFC 9728, RFC 8414)
 * @param registration ways of becoming a client, the preferred one first
 * @param resourceParam parameter that names the server in every authorization, token and refresh request (RFC 8707)
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record McpOAuth(
        List<String> discovery,
        List<Registration> registration,
        Pkce pkce,
        @Nullable String resourceParam,
        Refresh refresh,
        List<String> quirks) {

    public McpOAuth {
        discovery = Defaults.list(discovery);
        registration = Defaults.list(registration);
        pkce = Defaults.value(pkce, Pkce.REQUIRED);
        refresh = Defaults.value(refresh, Refresh.UNKNOWN);
        quirks = Defaults.list(quirks);
    }

    /** How a client becomes known to a server that has never seen it. */
    public enum Registration {
        /** RFC 7591. */
        @JsonProperty("dynamic")
        DYNAMIC,
        /** The client id is the URL of a document that describes the client. */
        @JsonProperty("client_id_metadata_document")
        CLIENT_ID_METADATA_DOCUMENT
    }
}

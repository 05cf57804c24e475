package io.flowmaestro.connections.mcp.endpoint;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The gateway as an MCP server. */
@ConfigMapping(prefix = "connections.mcp.endpoint")
public interface EndpointSettings {

    /** Base URL under which users reach the suite, {@code CONNECTIONS_PUBLIC_URL}; the Host header never says so. */
    String publicUrl();

    /** Issuer URL of the identity provider that MCP clients log in at, {@code CONNECTIONS_ISSUER}. */
    String issuer();

    /** Origins, besides the public URL's, whose pages may call the endpoint, {@code CONNECTIONS_UI_ORIGINS}. */
    Optional<List<String>> uiOrigins();

    /** What the keys that sign sessions are derived from, {@code CONNECTIONS_SERVICE_SECRET}. All replicas share it. */
    String secret();

    /** How long a client's session lasts; then it begins a new one. */
    @WithDefault("24H")
    Duration sessionLifetime();

    /** Requests of one user that are under way at once, per replica. */
    @WithDefault("64")
    int mostCallsPerUser();

    /** Bytes that wait for a slow client before log and progress notifications are dropped; four times as many, and questions are refused. */
    @WithDefault("262144")
    int mostQueued();

    /** Calls that wait for a client to bring an answer in its next request, per replica. */
    @WithDefault("1000")
    int mostParked();

    /** The same of one user. */
    @WithDefault("32")
    int mostParkedPerUser();

    /** How long a list of all connections waits for one server. */
    @WithDefault("5S")
    Duration listPatience();
}

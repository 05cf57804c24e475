package io.flowmaestro.connections.registry.credential;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.ShownUrl;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.data.Moments;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.data.UrlRule;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A connection that the broker made, sealed already under the id that it chose. */
@JsonIgnoreProperties(ignoreUnknown = true)
record CreateSealedConnection(
        @Nullable UUID id,
        @Nullable String name,
        @Nullable String connectionMethod,
        @Nullable String provider,
        @Nullable JsonNode envelope,
        @Nullable Instant expiresAt,
        @Nullable JsonNode metadata,
        @Nullable Boolean refreshable,
        @Nullable String mcpServerUrl) {

    /** The same, with what must be there. */
    record Valid(
            UUID id,
            String name,
            String provider,
            ObjectNode envelope,
            @Nullable Instant expiresAt,
            ObjectNode metadata,
            @Nullable Boolean refreshable,
            ConnectionMethod method,
            @Nullable String mcpServerUrl) {}

    Valid validate() {
        List<Violation> violations = new ArrayList<>();
        refuse("name", name, TextRule.NAME, violations);
        refuse("provider", provider, TextRule.SLUG_RULE, violations);
        ConnectionMethod method = method(violations);
        if (id == null) {
            violations.add(new Violation("id", "is required"));
        }
        if (id != null && name != null && provider != null && violations.isEmpty()) {
            return new Valid(
                    id,
                    name,
                    provider,
                    Envelopes.require(envelope),
                    Moments.nearest(expiresAt),
                    GrantMetadata.require(metadata),
                    refreshable,
                    method,
                    mcpServerUrl == null ? null : ShownUrl.of(mcpServerUrl));
        }
        throw RegistryProblem.invalid(violations);
    }

    /** Tokens of a provider's API, or for an MCP server, which is named then. */
    private ConnectionMethod method(List<Violation> violations) {
        if (ConnectionMethod.OAUTH2.wire().equals(connectionMethod) && mcpServerUrl == null) {
            return ConnectionMethod.OAUTH2;
        }
        if (ConnectionMethod.MCP.wire().equals(connectionMethod)) {
            refuse("mcp_server_url", mcpServerUrl, UrlRule.MCP, violations);
            return ConnectionMethod.MCP;
        }
        violations.add(new Violation("connection_method", "must be oauth2, or mcp with an mcp_server_url"));
        return ConnectionMethod.OAUTH2;
    }

    private static void refuse(String field, @Nullable String value, TextRule rule, List<Violation> violations) {
        if (value == null) {
            violations.add(new Violation(field, "is required"));
        } else {
            rule.refuse(value).ifPresent(message -> violations.add(new Violation(field, message)));
        }
    }
}

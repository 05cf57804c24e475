package io.flowmaestro.connections.oauthclient.mcp;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressException;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressResponse;
import io.flowmaestro.connections.oauthclient.Secret;
import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.flowmaestro.connections.oauthclient.TokenHttp;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Registers us as a client where anybody may (RFC 7591, section 3). Fails with {@link AuthorizationRefused}. */
@ApplicationScoped
public class ClientRegistration {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WHOM = "The MCP server's authorization server";
    /** The end of the year 9999: beyond it times are no longer written alike everywhere. */
    private static final long LATEST = 253_402_300_799L;

    private static final Pattern PRINTABLE = Pattern.compile("[\\x20-\\x7e]{1,1024}");

    private final EgressClient http;
    private final TokenConfig config;

    ClientRegistration(EgressClient http, TokenConfig config) {
        this.http = http;
        this.config = config;
    }

    /**
     * What came of it.
     *
     * @param authMethod how the client proves itself; the one that was asked for where the answer does not say
     * @param secretExpiresAt null for a secret that stays, and for none
     */
    public record Registered(
            String clientId,
            @Nullable Secret secret,
            String authMethod,
            @Nullable Instant secretExpiresAt) {}

    /**
     * Registers a client.
     *
     * @param metadata of the client, {@code token_endpoint_auth_method} among it
     */
    public Uni<Registered> register(String endpoint, ObjectNode metadata) {
        return http.send(EgressRequest.post(endpoint, Buffer.buffer(metadata.toString()))
                        .withTimeout(config.accountTimeout())
                        .withMaxBody(config.maxAnswer())
                        .withHeader("Content-Type", "application/json")
                        .withHeader("Accept", "application/json")
                        .withHeader("User-Agent", TokenHttp.USER_AGENT))
                .map(response -> read(
                        response, metadata.path("token_endpoint_auth_method").asText("none")))
                .onFailure(EgressException.class)
                .transform(failure -> AuthorizationRefused.unanswered(WHOM, failure));
    }

    private static Registered read(EgressResponse response, String asked) {
        int status = response.status();
        if (status == 429 || status >= 500) {
            throw AuthorizationRefused.failing(WHOM, status);
        }
        JsonNode answer = status / 100 == 2 ? parse(response) : JSON.missingNode();
        String id = printable(answer, "client_id");
        String secret = printable(answer, "client_secret");
        if (id == null) {
            throw AuthorizationRefused.unusable(
                    "The MCP server's authorization server did not register us as a client (status " + status
                            + "). Register one there yourself and give it as client.");
        }
        String method = answer.path("token_endpoint_auth_method").asText(asked);
        long ends = answer.path("client_secret_expires_at").asLong(0);
        return new Registered(
                id,
                secret == null ? null : Secret.of(secret),
                secret == null && method.startsWith("client_secret") ? "none" : method,
                secret == null || ends <= 0 ? null : Instant.ofEpochSecond(Math.min(ends, LATEST)));
    }

    private static JsonNode parse(EgressResponse response) {
        try {
            JsonNode answer = JSON.readTree(response.body().getBytes());
            return answer == null ? JSON.missingNode() : answer;
        } catch (IOException notJson) {
            return JSON.missingNode();
        }
    }

    private static @Nullable String printable(JsonNode answer, String field) {
        String value = answer.path(field).textValue();
        return value != null && PRINTABLE.matcher(value).matches() ? value : null;
    }
}

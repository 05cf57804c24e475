package io.flowmaestro.connections.oauthclient.mcp;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.challenge.BearerChallenge;
import io.flowmaestro.connections.egress.EgressClient;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressStream;
import io.flowmaestro.connections.oauthclient.TokenConfig;
import io.flowmaestro.connections.oauthclient.TokenHttp;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Asks a server something without a token, to hear what it wants. The tool list is asked for first: some servers let
 * anybody initialize, and none does anything but answer.
 */
@ApplicationScoped
class Probe {

    private static final int UNAUTHORIZED = 401;
    private static final String NEWEST = "2026-07-28";
    private static final String OLDER = "2025-11-25";

    private final EgressClient http;
    private final TokenConfig config;

    Probe(EgressClient http, TokenConfig config) {
        this.http = http;
        this.config = config;
    }

    /** Empty when nothing is wanted; a 401 that says no more is {@link BearerChallenge#BARE}. */
    Uni<Optional<BearerChallenge>> challenge(String server) {
        return ask(server, tools())
                .chain(heard -> heard.isPresent() ? Uni.createFrom().item(heard) : ask(server, initialize()));
    }

    private Uni<Optional<BearerChallenge>> ask(String server, Question question) {
        var post = EgressRequest.post(server, Buffer.buffer(question.message().toString()))
                .withTimeout(config.accountTimeout())
                .withMaxBody(config.maxAnswer())
                .withHeader("Content-Type", "application/json")
                .withHeader("Accept", "application/json, text/event-stream")
                .withHeader("User-Agent", TokenHttp.USER_AGENT)
                .withHeader("MCP-Protocol-Version", question.revision())
                .withHeader("Mcp-Method", question.message().path("method").asText());
        return http.stream(post).map(Probe::heard);
    }

    /** The body is nobody's business: it may be a stream without an end. */
    private static Optional<BearerChallenge> heard(EgressStream answer) {
        answer.close();
        return answer.status() == UNAUTHORIZED
                ? BearerChallenge.of(answer.headers().getAll("WWW-Authenticate"))
                        .or(() -> Optional.of(BearerChallenge.BARE))
                : Optional.empty();
    }

    private record Question(String revision, ObjectNode message) {}

    private static Question tools() {
        ObjectNode message = message("tools/list");
        ObjectNode meta = message.putObject("params").putObject("_meta");
        meta.put("io.modelcontextprotocol/protocolVersion", NEWEST);
        meta.putObject("io.modelcontextprotocol/clientCapabilities");
        client(meta.putObject("io.modelcontextprotocol/clientInfo"));
        return new Question(NEWEST, message);
    }

    private static Question initialize() {
        ObjectNode message = message("initialize");
        ObjectNode params = message.putObject("params").put("protocolVersion", OLDER);
        params.putObject("capabilities");
        client(params.putObject("clientInfo"));
        return new Question(OLDER, message);
    }

    private static ObjectNode message(String method) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("jsonrpc", "2.0")
                .put("id", 1)
                .put("method", method);
    }

    private static void client(ObjectNode info) {
        info.put("name", "flowmaestro-connections").put("version", "1");
    }
}

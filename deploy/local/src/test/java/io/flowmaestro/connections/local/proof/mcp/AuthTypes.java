package io.flowmaestro.connections.local.proof.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.proof.mcp.Upstream.Seen;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What each way of authentication puts on the wire: its own header, on every request, to its own origin, and nothing else. */
final class AuthTypes {
    private static final String SECRET = "s3cr3t-of-the-connection";
    /** What HTTP and MCP need; everything else that is seen has to be asked for by the connection. */
    private static final Set<String> OF_THE_PROTOCOL = Set.of(
            "host",
            "connection",
            "accept",
            "content-type",
            "content-length",
            "transfer-encoding",
            "accept-encoding",
            "user-agent",
            "mcp-protocol-version",
            "mcp-session-id",
            "mcp-method",
            "mcp-name",
            "traceparent");

    private final McpSystem system;
    private final Proof proof;
    private final List<String> faults = new ArrayList<>();
    private int requests;
    private int strangers;

    AuthTypes(McpSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
    }

    /** A connection's data, and the headers that it is to put on the wire. */
    private record Way(JsonObject data, Map<String, String> headers) {}

    void prove() throws Exception {
        var ways = ways();
        for (var way : ways.entrySet()) {
            onItsOwnOrigin(way.getKey(), way.getValue());
            nowhereElse(way.getKey(), way.getValue());
        }
        proof.figure("auth_types", ways.size())
                .figure("requests_seen", requests)
                .figure("seen_by_other_origins", strangers)
                .figure("faults", faults.size())
                .print();

        assertThat(faults).isEmpty();
        assertThat(strangers).isZero();
        assertThat(requests).isGreaterThanOrEqualTo(3 * ways.size());
    }

    private static Map<String, Way> ways() {
        Map<String, Way> ways = new LinkedHashMap<>();
        ways.put("none", new Way(data("none"), Map.of()));
        ways.put("api_key", new Way(data("api_key").put("api_key", SECRET), Map.of("x-api-key", SECRET)));
        ways.put(
                "api_key with a header of its own",
                new Way(
                        data("api_key").put("api_key", SECRET).put("api_key_header", "X-Acme-Token"),
                        Map.of("x-acme-token", SECRET)));
        ways.put(
                "bearer",
                new Way(data("bearer").put("bearer_token", SECRET), Map.of("authorization", "Bearer " + SECRET)));
        ways.put(
                "basic",
                new Way(
                        data("basic").put("username", "alice").put("password", SECRET),
                        Map.of("authorization", "Basic " + base64("alice:" + SECRET))));
        ways.put(
                "oauth2",
                new Way(data("oauth2").put("access_token", SECRET), Map.of("authorization", "Bearer " + SECRET)));
        ways.put(
                "custom headers",
                new Way(
                        data("none")
                                .put(
                                        "headers",
                                        new JsonObject().put("X-One", SECRET).put("X-Two", "2")),
                        Map.of("x-one", SECRET, "x-two", "2")));
        return ways;
    }

    private static JsonObject data(String type) {
        return new JsonObject().put("auth_type", type).put("timeout", 3_000);
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private void onItsOwnOrigin(String name, Way way) throws Exception {
        try (var server = Upstream.that(system.vertx(), Map.of()).recording()) {
            var answer = called(way, server.url());
            if (answer.status() != 200) {
                faults.add(name + ": " + answer);
            }
            judge(name, way, server.seen());
        }
    }

    /** Each of these servers would have the gateway call another one. */
    private void nowhereElse(String name, Way way) throws Exception {
        try (var other = Upstream.that(system.vertx(), Map.of()).recording()) {
            Map<String, Upstream.Behaviour> tempting = new LinkedHashMap<>();
            tempting.put("tools/call", (request, _) -> redirect(request, other.url()));
            tempting.put("initialize", (request, _) -> redirect(request, other.url()));
            tempting.put("GET", (request, _) -> endpoint(request, other.url()));
            for (var each : tempting.entrySet()) {
                try (var server = each.getKey().equals("GET")
                        ? Upstream.that(system.vertx(), oldTransport(each.getValue()))
                        : Upstream.that(system.vertx(), Map.of(each.getKey(), each.getValue()))) {
                    server.recording();
                    var answer = called(way, server.url());
                    if (answer.status() != 502 && answer.status() != 400) {
                        faults.add(name + ", led astray at " + each.getKey() + ": " + answer);
                    }
                    judge(name, way, server.seen());
                }
            }
            strangers += other.seen().size();
        }
    }

    /** 2024-11-05: the address for messages is told on a stream. */
    private static Map<String, Upstream.Behaviour> oldTransport(Upstream.Behaviour stream) {
        Upstream.Behaviour notHere =
                (request, _) -> request.response().setStatusCode(405).end();
        return Map.of("server/discover", notHere, "initialize", notHere, "GET", stream);
    }

    private static void redirect(HttpServerRequest request, String elsewhere) {
        request.response().setStatusCode(307).putHeader("Location", elsewhere).end();
    }

    private static void endpoint(HttpServerRequest request, String elsewhere) {
        request.response()
                .setChunked(true)
                .putHeader("Content-Type", "text/event-stream")
                .write("event: endpoint\ndata: " + elsewhere + "\n\n");
    }

    private Workers.Answer called(Way way, String url) throws Exception {
        var connection = system.connected(way.data().copy().put("server_url", url));
        return Workers.await(system.workers().call(connection, Upstream.TOOL, new JsonObject()));
    }

    private void judge(String name, Way way, List<Seen> seen) {
        if (seen.isEmpty()) {
            faults.add(name + ": nothing was sent");
        }
        for (var request : seen) {
            requests++;
            var more = new TreeMap<String, String>();
            request.headers().forEach((header, value) -> more.put(header.toLowerCase(Locale.ROOT), value));
            more.keySet().removeAll(OF_THE_PROTOCOL);
            if (!more.equals(way.headers())) {
                faults.add(name + ", " + request.method() + ": " + more.keySet() + " instead of "
                        + way.headers().keySet());
            }
        }
    }
}

package io.flowmaestro.connections.local.operate.restore;

import io.flowmaestro.connections.local.operate.Caller;
import io.flowmaestro.connections.local.operate.Outside;
import io.flowmaestro.connections.local.proof.mcp.Upstream;
import io.flowmaestro.connections.local.proof.oauth.Family;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** What a user has stored: API keys, two OAuth connections whose tokens have ended, and an MCP server. */
record Belongings(UUID user, Map<UUID, String> keys, Granted granted, Granted rotated, UUID server) {
    private static final String CONNECTIONS = "/api/connections";

    /** An OAuth connection and what was granted at the provider. */
    record Granted(UUID id, Family family) {}

    static Belongings stored(UUID user, Caller owner, int registry, Outside outside, int keys) throws Exception {
        var stored = new LinkedHashMap<UUID, String>();
        for (int i = 0; i < keys; i++) {
            var key = "kept-by-" + user + "-" + i;
            stored.put(create(owner, registry, "api_key", "house", new JsonObject().put("api_key", key)), key);
        }
        return new Belongings(
                user,
                stored,
                granted(owner, registry, outside),
                granted(owner, registry, outside),
                create(
                        owner,
                        registry,
                        "mcp",
                        "mcp",
                        new JsonObject()
                                .put("server_url", outside.server().url())
                                .put("auth_type", "none")));
    }

    private static Granted granted(Caller owner, int registry, Outside outside) throws Exception {
        var family = outside.provider().family();
        var data = new JsonObject()
                .put("access_token", family.first().accessToken())
                .put("refresh_token", family.first().refreshToken())
                .put("expires_at", Instant.now().minus(Duration.ofHours(1)).toEpochMilli());
        return new Granted(create(owner, registry, "oauth2", Outside.PROVIDER, data), family);
    }

    private static UUID create(Caller owner, int registry, String method, String provider, JsonObject data)
            throws Exception {
        var body = new JsonObject()
                .put("name", "of the drill")
                .put("connection_method", method)
                .put("provider", provider)
                .put("data", data);
        return UUID.fromString(owner.data(registry, "POST", CONNECTIONS, body).getString("id"));
    }

    /** How many of the keys a worker is given, as they were stored. */
    int keysHandedOut(Caller worker, int broker) throws Exception {
        int right = 0;
        for (var key : keys.entrySet()) {
            var answer = worker.actingFor(user).send(broker, "POST", credential(key.getKey()), new JsonObject());
            right += answer.statusCode() == 200
                            && new JsonObject(answer.body())
                                    .getJsonObject("data")
                                    .getString("api_key")
                                    .equals(key.getValue())
                    ? 1
                    : 0;
        }
        return right;
    }

    /** Whether a worker gets a new access token, the first that the provider was asked for. */
    boolean isRefreshed(Granted grant, Caller worker, int broker) throws Exception {
        var answer = worker.actingFor(user).send(broker, "POST", credential(grant.id()), new JsonObject());
        return answer.statusCode() == 200
                && grant.family().issued().size() == 2
                && grant.family().mostRedemptions() == 1
                && new JsonObject(answer.body())
                        .getJsonObject("data")
                        .getString("access_token")
                        .equals(grant.family().newest().accessToken());
    }

    /** What a worker is told of a connection, when it gets nothing. */
    String refusal(UUID id, Caller worker, int broker) throws Exception {
        var answer = worker.actingFor(user).send(broker, "POST", credential(id), new JsonObject());
        return answer.statusCode() + " " + new JsonObject(answer.body()).getString("code", "");
    }

    boolean callsTheTool(Caller worker, int gateway) throws Exception {
        var call = new JsonObject().put("parameters", new JsonObject());
        var answer =
                worker.actingFor(user).send(gateway, "POST", "/api/mcp/" + server + "/tools/" + Upstream.TOOL, call);
        return answer.statusCode() == 200
                && new JsonObject(answer.body())
                        .getJsonObject("data")
                        .getString("text")
                        .equals("done");
    }

    int connections() {
        return keys.size() + 3;
    }

    private static String credential(UUID id) {
        return "/api/credentials/" + id;
    }
}

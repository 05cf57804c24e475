package io.flowmaestro.connections.local.proof.oauth;

import io.flowmaestro.connections.local.account.Account;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes connections in bulk (sealed by the vault, stored as rows) and looks at what is stored for them. */
final class Stock {
    private static final int OF_A_USER = 100;
    private static final String PURPOSE = "connection-data";
    private static final String INSERT = """
            insert into registry.connections (id, user_id, name, connection_method, provider, data, expires_at, refreshable,
                                              last_tested_at, test_due_at)
            values (?, ?, 'proof', 'oauth2', ?, ?::jsonb, ?, true, now(), now() + interval '24 hours')""";

    private final OAuthSystem system;

    Stock(OAuthSystem system) {
        this.system = system;
    }

    /** What the registry says of a connection. */
    record Row(String status, String reason, long generation, String name) {}

    /** The tokens that are stored for a connection. */
    record Tokens(String accessToken, String refreshToken) {}

    /** Connections whose tokens ended an hour ago. */
    List<Held> expired(String provider, int count) throws Exception {
        return held(provider, count, Duration.ofHours(-1));
    }

    /** The same, of a user who can sign in. */
    List<Held> expiredOf(Account account, String provider, int count) throws Exception {
        return heldBy(account, provider, count, Duration.ofHours(-1));
    }

    /** @param left of the access tokens' hour */
    List<Held> heldBy(Account account, String provider, int count, Duration left) throws Exception {
        var user = system.userId(account);
        return held(provider, count, left, () -> user);
    }

    /** @param left of the access tokens' hour */
    List<Held> held(String provider, int count, Duration left) throws Exception {
        return held(provider, count, left, UUID::randomUUID);
    }

    private List<Held> held(String provider, int count, Duration left, Supplier<UUID> owner) throws Exception {
        var all = new ArrayList<Held>();
        while (all.size() < count) {
            var user = owner.get();
            var some = new ArrayList<Held>();
            for (int i = Math.min(OF_A_USER, count - all.size()); i > 0; i--) {
                some.add(new Held(
                        user, UUID.randomUUID(), provider, system.provider().family()));
            }
            store(some, Instant.now().plus(left));
            all.addAll(some);
        }
        return all;
    }

    private void store(List<Held> some, Instant expiry) throws Exception {
        var items = new JsonArray();
        some.forEach(held -> items.add(
                place(held.id()).put("plaintext", base64(data(held.family().first(), expiry)))));
        var sealed = asBroker(some.getFirst().user(), "/internal/encrypt/batch", new JsonObject().put("items", items))
                .getJsonObject("data")
                .getJsonArray("results");
        try (var sql = system.sql();
                var insert = sql.prepareStatement(INSERT)) {
            sql.setAutoCommit(false);
            for (int i = 0; i < some.size(); i++) {
                insert.setObject(1, some.get(i).id());
                insert.setObject(2, some.get(i).user());
                insert.setString(3, some.get(i).provider());
                insert.setString(
                        4, sealed.getJsonObject(i).getJsonObject("envelope").encode());
                insert.setTimestamp(5, Timestamp.from(expiry));
                insert.addBatch();
            }
            insert.executeBatch();
            sql.commit();
        }
    }

    private static JsonObject data(Family.Pair pair, Instant expiry) {
        return new JsonObject()
                .put("access_token", pair.accessToken())
                .put("refresh_token", pair.refreshToken())
                .put("token_type", "Bearer")
                .put("issued_at", expiry.minus(Duration.ofHours(1)).toEpochMilli())
                .put("expires_at", expiry.toEpochMilli())
                .put("scope", new JsonArray().add("read"));
    }

    Row row(Held held) throws SQLException {
        try (var sql = system.sql();
                var select = sql.prepareStatement(
                        "select status, coalesce(status_reason, ''), credential_generation, name from registry.connections where id = ?")) {
            select.setObject(1, held.id());
            var rows = select.executeQuery();
            rows.next();
            return new Row(rows.getString(1), rows.getString(2), rows.getLong(3), rows.getString(4));
        }
    }

    /** How many of them are active. */
    int active(List<Held> those) throws SQLException {
        try (var sql = system.sql();
                var count = sql.prepareStatement(
                        "select count(*) from registry.connections where status = 'active' and id = any(?)")) {
            count.setArray(
                    1, sql.createArrayOf("uuid", those.stream().map(Held::id).toArray(UUID[]::new)));
            var rows = count.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }

    Tokens tokens(Held held) throws Exception {
        return tokens(held.user(), held.id());
    }

    Tokens tokens(UUID user, UUID id) throws Exception {
        var plaintext = asBroker(user, "/internal/decrypt", place(id).put("envelope", envelope(id)))
                .getJsonObject("data")
                .getString("plaintext");
        var data = new JsonObject(new String(Base64.getDecoder().decode(plaintext), StandardCharsets.UTF_8));
        return new Tokens(data.getString("access_token"), data.getString("refresh_token"));
    }

    private JsonObject envelope(UUID id) throws SQLException {
        try (var sql = system.sql();
                var select = sql.prepareStatement("select data::text from registry.connections where id = ?")) {
            select.setObject(1, id);
            var rows = select.executeQuery();
            rows.next();
            return new JsonObject(rows.getString(1));
        }
    }

    private static JsonObject place(UUID id) {
        return new JsonObject().put("connection_id", id.toString()).put("purpose", PURPOSE);
    }

    private static String base64(JsonObject data) {
        return Base64.getEncoder().encodeToString(data.encode().getBytes(StandardCharsets.UTF_8));
    }

    private JsonObject asBroker(UUID user, String path, JsonObject body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(system.vault().resolve(path))
                .header("Authorization", "Bearer " + system.serviceToken("oauth-broker"))
                .header("X-On-Behalf-Of", user.toString())
                .header("Content-Type", "application/json")
                .timeout(Duration.ofSeconds(30))
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        var answer = system.http().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("the vault answered " + answer.statusCode() + ": " + answer.body());
        }
        return new JsonObject(answer.body());
    }
}

package io.flowmaestro.connections.benchmarks.suite;

import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.testing.Tokens;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Makes connections in bulk: sealed by the vault in batches, stored as rows, tested this moment. */
public final class StoredConnections {

    public static final int OF_A_USER = 10;

    private static final int USERS_A_SHEET = 100;
    private static final String PURPOSE = "connection-data";
    private static final String INSERT = """
            insert into registry.connections (id, user_id, name, connection_method, provider, data, expires_at, refreshable,
                                              mcp_server_url, metadata, last_tested_at, test_due_at)
            values (?, ?, 'benchmark', ?, ?, ?::jsonb, ?, ?, ?, jsonb_build_object('kind', ?, 'ends_at', ?::text), now(),
                    now() + interval '24 hours')""";

    private final DurablePostgres postgres;
    private final String database;
    private final LoadClient client;
    private final PackagedService vault;

    public StoredConnections(DurablePostgres postgres, String database, LoadClient client, PackagedService vault) {
        this.postgres = postgres;
        this.database = database;
        this.client = client;
        this.vault = vault;
    }

    /**
     * A connection to store.
     *
     * @param data as it is sealed
     * @param endsAt of its tokens
     * @param serverUrl of an MCP connection
     */
    public record Connection(
            UUID id,
            UUID user,
            String method,
            String provider,
            JsonObject data,
            @Nullable Instant endsAt,
            @Nullable String serverUrl) {

        public static Connection apiKey(UUID user) {
            var data = new JsonObject().put("api_key", "k".repeat(51));
            return new Connection(UUID.randomUUID(), user, "api_key", "openai", data, null, null);
        }

        /** With a bearer token. */
        public static Connection mcp(UUID user, String serverUrl) {
            var data = new JsonObject()
                    .put("server_url", serverUrl)
                    .put("protocol", serverUrl.substring(0, serverUrl.indexOf(':')))
                    .put("auth_type", "bearer")
                    .put("bearer_token", "t".repeat(51));
            return new Connection(UUID.randomUUID(), user, "mcp", "benchmark", data, null, serverUrl);
        }
    }

    /**
     * Stores them.
     *
     * @param kind tells them from others, in {@code metadata}; beside it stands when the first tokens end
     * @param connection by its number; {@link #OF_A_USER} in a row have the same user
     */
    public void store(String kind, int count, IntFunction<Connection> connection) throws SQLException {
        int sheet = OF_A_USER * USERS_A_SHEET;
        var token = Tokens.service("oauth-broker");
        for (int from = 0; from < count; from += sheet) {
            storeSheet(
                    kind,
                    IntStream.range(from, Math.min(from + sheet, count))
                            .mapToObj(connection)
                            .toList(),
                    token);
        }
        try (var sql = postgres.connect(database);
                var statement = sql.createStatement()) {
            statement.execute("vacuum (analyze) registry.connections");
        }
    }

    private void storeSheet(String kind, List<Connection> connections, String token) throws SQLException {
        var envelopes = new ArrayList<String>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var batches = IntStream.iterate(0, from -> from < connections.size(), from -> from + OF_A_USER)
                    .mapToObj(from -> connections.subList(from, Math.min(from + OF_A_USER, connections.size())))
                    .map(batch -> CompletableFuture.supplyAsync(() -> sealed(batch, token), threads))
                    .toList();
            batches.forEach(batch -> envelopes.addAll(batch.join()));
        }
        insert(kind, connections, envelopes);
    }

    private List<String> sealed(List<Connection> batch, String token) {
        var items = new JsonArray();
        batch.forEach(connection -> items.add(new JsonObject()
                .put("connection_id", connection.id().toString())
                .put("purpose", PURPOSE)
                .put(
                        "plaintext",
                        Base64.getEncoder()
                                .encodeToString(connection.data().encode().getBytes(StandardCharsets.UTF_8)))));
        var headers = MultiMap.caseInsensitiveMultiMap()
                .add("Authorization", "Bearer " + token)
                .add("X-On-Behalf-Of", batch.getFirst().user().toString())
                .add("Content-Type", "application/json");
        var call = new Target.Call(headers, new JsonObject().put("items", items).toBuffer());
        var answer = client.call(
                Target.posts("encrypt batch", vault.port(), "/internal/encrypt/batch", List.of(call)), call);
        return new JsonObject(answer)
                .getJsonObject("data").getJsonArray("results").stream()
                        .map(result ->
                                ((JsonObject) result).getJsonObject("envelope").encode())
                        .toList();
    }

    private void insert(String kind, List<Connection> connections, List<String> envelopes) throws SQLException {
        try (var sql = postgres.connect(database);
                var insert = sql.prepareStatement(INSERT)) {
            sql.setAutoCommit(false);
            for (int i = 0; i < connections.size(); i++) {
                var connection = connections.get(i);
                var endsAt = connection.endsAt();
                var end = endsAt == null ? null : endsAt.atOffset(ZoneOffset.UTC);
                insert.setObject(1, connection.id());
                insert.setObject(2, connection.user());
                insert.setString(3, connection.method());
                insert.setString(4, connection.provider());
                insert.setString(5, envelopes.get(i));
                insert.setObject(6, end);
                insert.setObject(7, endsAt == null ? null : true);
                insert.setString(8, connection.serverUrl());
                insert.setString(9, kind);
                insert.setString(10, String.valueOf(end));
                insert.addBatch();
            }
            insert.executeBatch();
            sql.commit();
        }
    }
}

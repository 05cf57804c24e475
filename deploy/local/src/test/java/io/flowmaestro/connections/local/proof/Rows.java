package io.flowmaestro.connections.local.proof;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The registry's rows, as its database holds them. */
final class Rows {

    private Rows() {}

    /** Seals and stores so many records for each of the users. */
    static List<Sealed> stored(VaultSystem system, List<UUID> users, int each) throws Exception {
        var records = new ArrayList<Sealed>();
        try (var sql = system.sql()) {
            for (var user : users) {
                var batch = new ArrayList<Sealed>();
                for (int i = 0; i < each; i++) {
                    batch.add(new Sealed(user, UUID.randomUUID(), system.canary + " of " + user + " number " + i));
                }
                var vault = system.replicas().get(records.size() / each % 2).client();
                insert(sql, batch, vault.encryptAll(user, batch).results());
                records.addAll(batch);
            }
        }
        return records;
    }

    private static void insert(Connection sql, List<Sealed> records, JsonArray results) throws SQLException {
        sql.setAutoCommit(false);
        try (var insert = sql.prepareStatement("""
                insert into registry.connections (id, user_id, name, connection_method, provider, data)
                values (?, ?, 'proof', 'api_key', 'openai', ?::jsonb)""")) {
            for (int i = 0; i < records.size(); i++) {
                insert.setObject(1, records.get(i).connection());
                insert.setObject(2, records.get(i).user());
                insert.setString(3, envelope(results.getJsonObject(i)).encode());
                insert.addBatch();
            }
            insert.executeBatch();
        }
        sql.commit();
    }

    static JsonObject envelope(JsonObject result) {
        var envelope = result.getJsonObject("envelope");
        if (envelope == null) {
            throw new AssertionError("no envelope: " + result);
        }
        return envelope;
    }

    static JsonObject read(PreparedStatement select, Sealed record) throws SQLException {
        select.setObject(1, record.connection());
        try (var rows = select.executeQuery()) {
            rows.next();
            return new JsonObject(rows.getString(1));
        }
    }

    static PreparedStatement select(Connection sql) throws SQLException {
        return sql.prepareStatement("select data::text from registry.connections where id = ?");
    }

    /** What is stored for each of the records, in their order. */
    static List<JsonObject> readAll(VaultSystem system, List<Sealed> records) throws SQLException {
        try (var sql = system.sql();
                var select = select(sql)) {
            var envelopes = new ArrayList<JsonObject>();
            for (var record : records) {
                envelopes.add(read(select, record));
            }
            return envelopes;
        }
    }
}

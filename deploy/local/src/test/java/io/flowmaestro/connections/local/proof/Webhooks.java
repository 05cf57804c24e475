package io.flowmaestro.connections.local.proof;

import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** What the registry stores beside connections: a webhook of each user, whose secret the vault has sealed. */
final class Webhooks {
    private static final String PURPOSE = "webhook-secret";

    private final VaultSystem system;
    private final List<UUID> users;

    private Webhooks(VaultSystem system, List<UUID> users) {
        this.system = system;
        this.users = users;
    }

    /** A webhook has its user's id here, so that one is found by the other. */
    static Webhooks stored(VaultSystem system, List<UUID> users) throws Exception {
        var webhooks = new Webhooks(system, users);
        for (var user : users) {
            var sealed = system.first()
                    .client()
                    .asRegistry(user, "/internal/encrypt", place(user).put("plaintext", webhooks.secret(user)));
            webhooks.insert(user, Rows.envelope(sealed.expecting(200).data()));
        }
        return webhooks;
    }

    private void insert(UUID user, JsonObject envelope) throws SQLException {
        try (var sql = system.sql();
                var insert = sql.prepareStatement("""
                        insert into registry.webhooks (id, user_id, url, events, secret)
                        values (?, ?, 'https://hooks.example/', '{expired}', ?::jsonb)""")) {
            insert.setObject(1, user);
            insert.setObject(2, user);
            insert.setString(3, envelope.encode());
            insert.executeUpdate();
        }
    }

    /** How many secrets open, as a delivery opens them, to what they were. */
    int opened() throws Exception {
        var opened = 0;
        for (var user : users) {
            var answer = system.first()
                    .client()
                    .asRegistry(user, "/internal/decrypt", place(user).put("envelope", envelope(user)));
            opened +=
                    answer.status() == 200 && secret(user).equals(answer.data().getString("plaintext")) ? 1 : 0;
        }
        return opened;
    }

    private JsonObject envelope(UUID user) throws SQLException {
        try (var sql = system.sql();
                var select = sql.prepareStatement("select secret::text from registry.webhooks where id = ?")) {
            select.setObject(1, user);
            try (var rows = select.executeQuery()) {
                rows.next();
                return new JsonObject(rows.getString(1));
            }
        }
    }

    private String secret(UUID user) {
        return Base64.getEncoder().encodeToString((system.canary + " hook " + user).getBytes(StandardCharsets.UTF_8));
    }

    private static JsonObject place(UUID user) {
        return new JsonObject().put("connection_id", user.toString()).put("purpose", PURPOSE);
    }
}

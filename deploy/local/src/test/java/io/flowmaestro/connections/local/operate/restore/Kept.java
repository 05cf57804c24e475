package io.flowmaestro.connections.local.operate.restore;

import io.flowmaestro.connections.local.operate.Tokens;
import io.vertx.core.json.JsonObject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Envelopes that somebody copied out of the database: all that is left of a row that was deleted. */
record Kept(UUID user, UUID connection, JsonObject envelope) {

    static List<Kept> of(WholeSuite suite, UUID user) throws SQLException {
        var kept = new ArrayList<Kept>();
        try (var sql = suite.sql(WholeSuite.DATABASE);
                var select =
                        sql.prepareStatement("select id, data::text from registry.connections where user_id = ?")) {
            select.setObject(1, user);
            var rows = select.executeQuery();
            while (rows.next()) {
                kept.add(new Kept(user, rows.getObject(1, UUID.class), new JsonObject(rows.getString(2))));
            }
        }
        return kept;
    }

    /** How many of them a vault opens for a service that may open them. */
    static int opened(List<Kept> all, Tokens callers, int vault) throws Exception {
        int opened = 0;
        for (var kept : all) {
            var request = new JsonObject()
                    .put("connection_id", kept.connection().toString())
                    .put("purpose", "connection-data")
                    .put("envelope", kept.envelope());
            var answer = callers.client("oauth-broker")
                    .actingFor(kept.user())
                    .send(vault, "POST", "/internal/decrypt", request);
            opened += answer.statusCode() == 200 ? 1 : 0;
        }
        return opened;
    }
}

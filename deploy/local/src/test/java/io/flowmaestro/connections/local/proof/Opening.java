package io.flowmaestro.connections.local.proof;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Opens many records by one replica, a hundred of one user at a time. */
final class Opening {
    private static final int BATCH = 100;

    private Opening() {}

    /** How many of the records open to what they say. */
    static int opened(ServiceClient vault, List<Sealed> records, List<JsonObject> envelopes) throws Exception {
        var opened = 0;
        for (int from = 0; from < records.size(); ) {
            var user = records.get(from).user();
            var to = from;
            while (to < records.size()
                    && to - from < BATCH
                    && records.get(to).user().equals(user)) {
                to++;
            }
            opened += opened(vault, user, records.subList(from, to), envelopes.subList(from, to));
            from = to;
        }
        return opened;
    }

    private static int opened(ServiceClient vault, UUID user, List<Sealed> records, List<JsonObject> envelopes)
            throws Exception {
        var items = new ArrayList<JsonObject>();
        for (int i = 0; i < records.size(); i++) {
            items.add(records.get(i).toOpen(envelopes.get(i)));
        }
        var results = vault.decryptAll(user, items).results();
        var opened = 0;
        for (int i = 0; i < records.size(); i++) {
            opened += records.get(i).isIn(results.getJsonObject(i)) ? 1 : 0;
        }
        return opened;
    }
}

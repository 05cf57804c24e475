package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.listing.QueryFields;

/** Reads the parameters of a list. */
final class ConnectionQueryReader {

    private static final TextRule SEARCH = TextRule.text(200);

    private ConnectionQueryReader() {}

    static ConnectionQuery read(ListParameters given) {
        QueryFields fields = new QueryFields();
        String provider = fields.text("provider", given.provider, TextRule.SLUG_RULE);
        ConnectionMethod method = fields.known(
                "connection_method", given.connectionMethod, ConnectionMethod::find, ConnectionMethod.ALLOWED);
        ConnectionStatus status =
                fields.known("status", given.status, ConnectionStatus::find, ConnectionStatus.ALLOWED);
        String q = given.q == null || given.q.isEmpty() ? null : fields.text("q", given.q, SEARCH);
        ConnectionSort sort = fields.known("sort", given.sort, ConnectionSort::find, ConnectionSort.ALLOWED);
        int limit = fields.limit(given.limit);
        boolean total = fields.flag("total", given.total);
        fields.finish();
        ConnectionQuery query = new ConnectionQuery(
                provider, method, status, q, sort == null ? ConnectionSort.NEWEST : sort, limit, total, null);
        return given.cursor == null ? query : query.startingAt(given.cursor);
    }
}

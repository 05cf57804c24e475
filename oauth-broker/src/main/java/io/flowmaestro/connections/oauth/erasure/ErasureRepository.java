package io.flowmaestro.connections.oauth.erasure;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** Everything that this schema holds of a user, in one transaction. A test holds the list complete. */
@ApplicationScoped
class ErasureRepository {

    private static final String FLOWS = "delete from oauth.flows where user_id = $1";
    private static final String FLOW_RESULTS = "delete from oauth.flow_results where user_id = $1";
    private static final String REFRESH_LEASES = "delete from oauth.refresh_leases where user_id = $1";
    private static final String REFRESH_ATTEMPTS = "delete from oauth.refresh_attempts where user_id = $1";

    private static final String MCP_CLIENTS = "delete from oauth.mcp_clients where user_id = $1";
    private static final String PENDING_GRANTS = "delete from oauth.pending_grants where user_id = $1";
    private static final List<String> ALL =
            List.of(FLOWS, FLOW_RESULTS, REFRESH_LEASES, REFRESH_ATTEMPTS, MCP_CLIENTS, PENDING_GRANTS);

    private final UserTransactions transactions;

    ErasureRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    Uni<Removed> erase(UUID user) {
        return transactions.run(
                user,
                sql -> Multi.createFrom()
                        .iterable(ALL)
                        .onItem()
                        .transformToUniAndConcatenate(delete -> remove(sql, delete, user))
                        .collect()
                        .asList()
                        .map(rows -> new Removed(
                                rows.get(0), rows.get(1), rows.get(2), rows.get(3), rows.get(4), rows.get(5), 0)));
    }

    private static Uni<Integer> remove(SqlConnection sql, String delete, UUID user) {
        return sql.preparedQuery(delete).execute(Tuple.of(user)).map(rows -> rows.rowCount());
    }
}

package io.flowmaestro.connections.oauth.erasure;

import io.flowmaestro.connections.rowsecurity.UserTransactions;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Everything that this schema holds of a user, in one transaction. A test holds the list complete. */
@ApplicationScoped
class ErasureRepository {

    private static final String FLOWS = "delete from oauth.flows where user_id = $1";
    private static final String FLOW_RESULTS = "delete from oauth.flow_results where user_id = $1";
    private static final String REFRESH_LEASES = "delete from oauth.refresh_leases where user_id = $1";

    private final UserTransactions transactions;

    ErasureRepository(UserTransactions transactions) {
        this.transactions = transactions;
    }

    Uni<Removed> erase(UUID user) {
        return transactions.run(user, sql -> remove(sql, FLOWS, user).chain(flows -> rest(sql, user, flows)));
    }

    private static Uni<Removed> rest(SqlConnection sql, UUID user, int flows) {
        return remove(sql, FLOW_RESULTS, user)
                .chain(results ->
                        remove(sql, REFRESH_LEASES, user).map(leases -> new Removed(flows, results, leases, 0)));
    }

    private static Uni<Integer> remove(SqlConnection sql, String delete, UUID user) {
        return sql.preparedQuery(delete).execute(Tuple.of(user)).map(rows -> rows.rowCount());
    }
}

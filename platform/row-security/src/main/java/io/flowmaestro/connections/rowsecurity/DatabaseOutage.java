package io.flowmaestro.connections.rowsecurity;

import io.flowmaestro.connections.http.Outage;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.Set;

/** Tells a database that is away, or takes nobody in, from a statement that is wrong, which is a defect of ours. */
@ApplicationScoped
public class DatabaseOutage implements Outage {

    /** SQLSTATE classes: connection exception, log-in refused, insufficient resources, operator intervention. */
    private static final Set<String> AWAY = Set.of("08", "28", "53", "57");

    /** Of the pool, which has no type of its own for it. */
    private static final String NO_CONNECTION_IN_TIME = "Timeout";

    @Override
    public Optional<String> of(Throwable failure) {
        return isAway(failure) ? Optional.of("the database") : Optional.empty();
    }

    /** Whether a failure of a database call is its server's absence. */
    public static boolean isAway(Throwable failure) {
        return switch (failure) {
            case PgException refused -> isAway(refused.getSqlState());
            case ClosedConnectionException _, ConnectException _, UnknownHostException _ -> true;
            default -> NO_CONNECTION_IN_TIME.equals(failure.getMessage());
        };
    }

    private static boolean isAway(String state) {
        return state != null && state.length() == 5 && AWAY.contains(state.substring(0, 2));
    }
}

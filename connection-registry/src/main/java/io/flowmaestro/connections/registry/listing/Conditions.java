package io.flowmaestro.connections.registry.listing;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Conditions that all must hold, and the values of their placeholders: only these carry values into SQL. */
public final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters = new ArrayList<>();

    /** SQL and its parameters. */
    public record Statement(String sql, Tuple parameters) {}

    /** Adds a condition with one {@code $%d} for each value. */
    public void add(String condition, Object... values) {
        Object[] positions = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            parameters.add(values[i]);
            positions[i] = parameters.size();
        }
        conditions.add(condition.formatted(positions));
    }

    /** A statement that has the conditions in its {@code %s}. The client writes into the tuple, so it gets lists that allow that. */
    public Statement statement(String sql) {
        return new Statement(sql.formatted(String.join(" and ", conditions)), Tuple.wrap(new ArrayList<>(parameters)));
    }

    /** A statement that has the conditions in its {@code %s} and the limit in its {@code $%d}. */
    public Statement statement(String sql, int limit) {
        List<Object> all = new ArrayList<>(parameters);
        all.add(limit);
        return new Statement(sql.formatted(String.join(" and ", conditions), all.size()), Tuple.wrap(all));
    }
}

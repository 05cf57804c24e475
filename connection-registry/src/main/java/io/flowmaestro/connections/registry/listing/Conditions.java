package io.flowmaestro.connections.registry.listing;

import io.vertx.mutiny.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;

/** Conditions that all must hold, and the values of their placeholders: only these carry values into SQL. */
public final class Conditions {

    private final List<String> conditions = new ArrayList<>();
    private final List<Object> parameters;

    public Conditions() {
        this(new ArrayList<>());
    }

    private Conditions(List<Object> parameters) {
        this.parameters = parameters;
    }

    /** SQL and its parameters. */
    public record Statement(String sql, Tuple parameters) {}

    /** Those of another part of the same statement: the values are numbered together. */
    public Conditions alongside() {
        return new Conditions(parameters);
    }

    /** The conditions as a part of a statement. */
    public String text() {
        return String.join(" and ", conditions);
    }

    /** Adds a condition with one {@code $%d} for each value. */
    public void add(String condition, Object... values) {
        Object[] positions = new Object[values.length];
        for (int i = 0; i < values.length; i++) {
            positions[i] = number(values[i]);
        }
        conditions.add(condition.formatted(positions));
    }

    /** The number of the placeholder for a value that is in no condition. */
    public int number(Object value) {
        parameters.add(value);
        return parameters.size();
    }

    /** A statement that has all conditions in it. The client writes into the tuple, so it gets a list that allows that. */
    public Statement written(String sql) {
        return new Statement(sql, Tuple.wrap(new ArrayList<>(parameters)));
    }

    /** A statement that has the conditions in its {@code %s}. */
    public Statement statement(String sql) {
        return written(sql.formatted(text()));
    }

    /** A statement that has the conditions in its {@code %s} and the limit in its {@code $%d}. */
    public Statement statement(String sql, int limit) {
        List<Object> all = new ArrayList<>(parameters);
        all.add(limit);
        return new Statement(sql.formatted(text(), all.size()), Tuple.wrap(all));
    }
}

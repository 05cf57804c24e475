package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a list. */
final class ConnectionQueryReader {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;
    private static final TextRule SEARCH = TextRule.text(200);

    private final List<Violation> violations = new ArrayList<>();

    private ConnectionQueryReader() {}

    static ConnectionQuery read(ListParameters given) {
        return new ConnectionQueryReader().query(given);
    }

    private ConnectionQuery query(ListParameters given) {
        String provider = text("provider", given.provider, TextRule.SLUG_RULE);
        ConnectionMethod method = given.connectionMethod == null
                ? null
                : known("connection_method", ConnectionMethod.find(given.connectionMethod), ConnectionMethod.ALLOWED);
        ConnectionStatus status = given.status == null
                ? null
                : known("status", ConnectionStatus.find(given.status), ConnectionStatus.ALLOWED);
        String q = given.q == null || given.q.isEmpty() ? null : text("q", given.q, SEARCH);
        int limit = limit(given.limit);
        boolean total = total(given.total);
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        Cursor after = given.cursor == null
                ? null
                : Cursor.decode(given.cursor, ConnectionQuery.fingerprint(provider, method, status, q));
        return new ConnectionQuery(provider, method, status, q, limit, total, after);
    }

    private @Nullable String text(String name, @Nullable String value, TextRule rule) {
        if (value != null) {
            rule.refuse(value).ifPresent(message -> violations.add(new Violation(name, message)));
        }
        return value;
    }

    private <T> @Nullable T known(String name, Optional<T> value, String allowed) {
        if (value.isEmpty()) {
            violations.add(new Violation(name, "must be one of: " + allowed));
        }
        return value.orElse(null);
    }

    private int limit(@Nullable String value) {
        if (value == null) {
            return DEFAULT_LIMIT;
        }
        if (!value.matches("[0-9]{1,3}") || Integer.parseInt(value) < 1 || Integer.parseInt(value) > MAX_LIMIT) {
            violations.add(new Violation("limit", "must be a whole number from 1 to " + MAX_LIMIT));
            return DEFAULT_LIMIT;
        }
        return Integer.parseInt(value);
    }

    private boolean total(@Nullable String value) {
        if (value != null && !value.equals("true") && !value.equals("false")) {
            violations.add(new Violation("total", "must be true or false"));
        }
        return "true".equals(value);
    }
}

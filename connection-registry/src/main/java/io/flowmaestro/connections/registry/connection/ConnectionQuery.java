package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.Pagination;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.vertx.mutiny.sqlclient.Tuple;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A validated request for one page, newest first. Only placeholders carry its values into SQL. */
record ConnectionQuery(
        @Nullable String provider,
        @Nullable ConnectionMethod method,
        @Nullable ConnectionStatus status,
        @Nullable String q,
        int limit,
        boolean total,
        @Nullable Cursor after) {

    /** SQL and its parameters. */
    record Statement(String sql, Tuple parameters) {}

    /** Asks for one row more than the page holds: it says whether there is another page. */
    Statement page(UUID user) {
        Conditions conditions = conditions(user);
        if (after != null) {
            conditions.add(
                    "(created_at, id) < ($%d, $%d)", after.createdAt().atOffset(java.time.ZoneOffset.UTC), after.id());
        }
        conditions.parameters.add(limit + 1);
        String sql = "select %s from registry.connection_summary where %s order by created_at desc, id desc limit $%d"
                .formatted(ConnectionRows.LISTED, conditions.sql(), conditions.parameters.size());
        return new Statement(sql, Tuple.wrap(conditions.parameters));
    }

    Statement count(UUID user) {
        Conditions conditions = conditions(user);
        return new Statement(
                "select count(*) from registry.connection_summary where " + conditions.sql(),
                Tuple.wrap(conditions.parameters));
    }

    ConnectionPage pageOf(List<Connection> found) {
        boolean more = found.size() > limit;
        List<Connection> page = more ? found.subList(0, limit) : found;
        String next = more ? cursorAt(page.getLast()) : null;
        return new ConnectionPage(page, new Pagination(limit, next, null));
    }

    private String cursorAt(Connection last) {
        return new Cursor(last.createdAt(), last.id()).encode(fingerprint(provider, method, status, q));
    }

    /** The same for the same filters and sort order only. */
    static long fingerprint(
            @Nullable String provider,
            @Nullable ConnectionMethod method,
            @Nullable ConnectionStatus status,
            @Nullable String q) {
        List<String> parts = List.of("created_at desc", text(provider), text(method), text(status), text(q));
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256")
                    .digest(String.join("\0", parts).getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(@Nullable Object part) {
        return part == null ? "" : "=" + part;
    }

    private Conditions conditions(UUID user) {
        Conditions conditions = new Conditions();
        conditions.add("user_id = $%d", user);
        if (provider != null) {
            conditions.add("provider = $%d", provider);
        }
        if (method != null) {
            conditions.add("connection_method = $%d", method.wire());
        }
        if (status != null) {
            conditions.add("status = $%d", status.wire());
        }
        if (q != null) {
            String pattern = "%" + q.replaceAll("([\\\\%_])", "\\\\$1") + "%";
            conditions.add("(name ilike $%d or provider ilike $%d)", pattern, pattern);
        }
        return conditions;
    }

    /** Conditions that all must hold, and the values of their placeholders. */
    private static final class Conditions {
        private final List<String> conditions = new ArrayList<>();
        private final List<Object> parameters = new ArrayList<>();

        void add(String condition, Object... values) {
            Object[] positions = new Object[values.length];
            for (int i = 0; i < values.length; i++) {
                parameters.add(values[i]);
                positions[i] = parameters.size();
            }
            conditions.add(condition.formatted(positions));
        }

        String sql() {
            return String.join(" and ", conditions);
        }
    }
}

package io.flowmaestro.connections.registry.connection;

import io.flowmaestro.connections.http.Pagination;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.listing.Conditions;
import io.flowmaestro.connections.registry.listing.Cursor;
import io.flowmaestro.connections.registry.listing.Place;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A validated request for one page. Only placeholders carry its values into SQL. */
record ConnectionQuery(
        @Nullable String provider,
        @Nullable ConnectionMethod method,
        @Nullable ConnectionStatus status,
        @Nullable String q,
        ConnectionSort sort,
        int limit,
        boolean total,
        @Nullable Place after) {

    /** The database keeps it in small letters, and folds what is looked for as it folded that. */
    private static final String SEARCHED = "searched like lower($%d)";

    /** The list without filters, newest first, which one statement reads together with setting the user. */
    private static final String COMMON =
            "select " + ConnectionRows.LISTED + " from registry.connection_page($1, $2, $3, $4)";

    /** Whether {@link #common} answers it. */
    boolean isCommon() {
        return provider == null
                && method == null
                && status == null
                && q == null
                && !total
                && sort == ConnectionSort.NEWEST;
    }

    /** The same rows as {@link #page}, in a statement that needs no transaction around it. */
    Conditions.Statement common(UUID user) {
        Tuple values = after == null
                ? Tuple.of(user, null, null, limit + 1)
                : Tuple.of(user, after.time().atOffset(ZoneOffset.UTC), after.id(), limit + 1);
        return new Conditions.Statement(COMMON, values);
    }

    /** Asks for one row more than the page holds: it says whether there is another page. */
    Conditions.Statement page(UUID user) {
        Conditions conditions = conditions(user);
        if (after != null) {
            sort.after(after, conditions);
        }
        return conditions.statement(
                "select " + ConnectionRows.LISTED + " from registry.connection_summary where %s order by "
                        + sort.order() + " limit $%d",
                limit + 1);
    }

    Conditions.Statement count(UUID user) {
        return conditions(user).statement("select count(*) from registry.connection_summary where %s");
    }

    ConnectionPage pageOf(List<Connection> found) {
        boolean more = found.size() > limit;
        List<Connection> page = more ? found.subList(0, limit) : found;
        String next = more ? Cursor.encode(fingerprint(), sort.placeOf(page.getLast())) : null;
        return new ConnectionPage(page, new Pagination(limit, next, null));
    }

    ConnectionQuery startingAt(String cursor) {
        Place place = sort.check(Cursor.decode(cursor, fingerprint()));
        return new ConnectionQuery(provider, method, status, q, sort, limit, total, place);
    }

    private long fingerprint() {
        return Cursor.fingerprint("connections", sort, provider, method, status, q);
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
            conditions.add(SEARCHED, pattern);
        }
        return conditions;
    }
}

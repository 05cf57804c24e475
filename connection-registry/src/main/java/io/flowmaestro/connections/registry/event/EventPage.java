package io.flowmaestro.connections.registry.event;

import io.flowmaestro.connections.registry.listing.Conditions;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statement for a page of events, those that are kept as uses among them.
 *
 * <p>What is sought ends at some moment, if anywhere: where {@code to} or the last page says. Batches of uses that end before
 * hold nothing later. As soon as the latest of them have a page's uses together, only those are opened, and what ends after
 * the first of these uses: whatever is in others is earlier than each of them. Of batches that end at that moment or later those
 * are opened that begin no later; they end within a batch's span. A use that a replica of the release before recorded as well
 * is shown once.
 */
final class EventPage {

    private final EventQuery query;
    private final UUID user;
    private final Conditions statement = new Conditions();
    private final int limit;

    EventPage(EventQuery query, UUID user) {
        this.query = query;
        this.user = user;
        this.limit = statement.number(query.limit() + 1);
    }

    Conditions.Statement statement() {
        var type = query.type();
        var rows = type == null || type.isUse() ? events() + " union all " + uses() : events();
        return statement.written("""
                select distinct on (occurred_at, id)
                       id, connection_id, type, occurred_at, actor, via, trace_id, details::text as details
                  from (%s) found order by occurred_at desc, id desc limit $%d""".formatted(rows, limit));
    }

    private String events() {
        var sought = subject();
        addSought(sought, "occurred_at", "id");
        return """
                (select id, connection_id, type, occurred_at, actor, via, trace_id, details
                   from registry.connection_events where %s order by occurred_at desc, id desc limit $%d)""".formatted(sought.text(), limit);
    }

    private String uses() {
        var sought = statement.alongside();
        sought.add("b.user_id = $%d", user);
        addSought(sought, "e.occurred_at", "e.id");
        return """
                (select e.id, b.connection_id, b.type, e.occurred_at, b.actor, b.via, replace(e.trace_id::text, '-', ''), e.details
                   from (%s) b
                   cross join lateral unnest(b.ids, b.ats, b.trace_ids, b.details) as e (id, occurred_at, trace_id, details)
                  where %s order by e.occurred_at desc, e.id desc limit $%d)""".formatted(batches(), sought.text(), limit);
    }

    private String batches() {
        var end = end();
        if (end == null) {
            return latest(batchesOfTheSubject());
        }
        var before = batchesOfTheSubject();
        before.add("last_at < $%d", moment(end));
        var after = batchesOfTheSubject();
        after.add("last_at >= $%d", moment(end));
        after.add("last_at < $%d", moment(end.plus(Uses.SPAN)));
        after.add("first_at <= $%d", moment(end));
        return latest(before) + " union all (select * from registry.connection_uses where " + after.text() + ")";
    }

    private String latest(Conditions batches) {
        return """
                (select * from registry.connection_uses where %1$s and last_at >= (
                   select case when max(latest.so_far) >= $%2$d then min(latest.first_at) filter (where latest.before < $%2$d)
                               else '-infinity' end
                     from (select first_at, sum(uses) over latest_first as so_far, sum(uses) over latest_first - uses as before
                             from registry.connection_uses where %1$s
                           window latest_first as (order by last_at desc rows unbounded preceding)
                            order by last_at desc limit $%2$d) latest))""".formatted(batches.text(), limit);
    }

    private @Nullable Instant end() {
        var to = query.to();
        var after = query.after();
        if (after == null) {
            return to;
        }
        return to == null || after.time().isBefore(to) ? after.time() : to;
    }

    private Conditions batchesOfTheSubject() {
        var conditions = subject();
        var from = query.from();
        if (from != null) {
            conditions.add("last_at >= $%d", moment(from));
        }
        return conditions;
    }

    private Conditions subject() {
        var conditions = statement.alongside();
        conditions.add("user_id = $%d", user);
        if (query.connection() != null) {
            conditions.add("connection_id = $%d", query.connection());
        }
        var type = query.type();
        if (type != null) {
            conditions.add("type = $%d", type.wire());
        }
        return conditions;
    }

    private void addSought(Conditions conditions, String at, String id) {
        var from = query.from();
        if (from != null) {
            conditions.add(at + " >= $%d", moment(from));
        }
        var to = query.to();
        if (to != null) {
            conditions.add(at + " < $%d", moment(to));
        }
        var after = query.after();
        if (after != null) {
            conditions.add("(" + at + ", " + id + ") < ($%d, $%d)", moment(after.time()), after.id());
        }
    }

    private static OffsetDateTime moment(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}

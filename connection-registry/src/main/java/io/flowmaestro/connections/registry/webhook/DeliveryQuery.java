package io.flowmaestro.connections.registry.webhook;

import io.flowmaestro.connections.http.Pagination;
import io.flowmaestro.connections.registry.listing.Conditions;
import io.flowmaestro.connections.registry.listing.Cursor;
import io.flowmaestro.connections.registry.listing.Place;
import io.flowmaestro.connections.registry.listing.QueryFields;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A validated request for one page of a webhook's deliveries, newest first. */
record DeliveryQuery(
        UUID webhook,
        @Nullable String status,
        int limit,
        @Nullable Place after) {

    private static final List<String> STATUSES = List.of("pending", "delivered", "dead");

    static DeliveryQuery read(UUID webhook, @Nullable String status, @Nullable String limit, @Nullable String cursor) {
        QueryFields fields = new QueryFields();
        String known = fields.known(
                "status",
                status,
                text -> STATUSES.contains(text) ? Optional.of(text) : Optional.empty(),
                String.join(", ", STATUSES));
        int size = fields.limit(limit);
        fields.finish();
        DeliveryQuery query = new DeliveryQuery(webhook, known, size, null);
        if (cursor == null) {
            return query;
        }
        Place place = Cursor.decode(cursor, query.fingerprint());
        place.time();
        return new DeliveryQuery(webhook, known, size, place);
    }

    Conditions.Statement page(UUID user) {
        Conditions conditions = new Conditions();
        conditions.add("user_id = $%d", user);
        conditions.add("webhook_id = $%d", webhook);
        if (status != null) {
            conditions.add("status = $%d", status);
        }
        if (after != null) {
            conditions.add("(created_at, id) < ($%d, $%d)", after.time().atOffset(ZoneOffset.UTC), after.id());
        }
        return conditions.statement(
                "select " + Delivery.COLUMNS
                        + " from registry.webhook_deliveries where %s order by created_at desc, id desc limit $%d",
                limit + 1);
    }

    List<Delivery> pageOf(List<Delivery> found) {
        return found.size() > limit ? found.subList(0, limit) : found;
    }

    Pagination pagination(List<Delivery> found) {
        Delivery last = found.size() > limit ? found.get(limit - 1) : null;
        String next = last == null ? null : Cursor.encode(fingerprint(), Place.at(last.createdAt(), last.id()));
        return new Pagination(limit, next, null);
    }

    private long fingerprint() {
        return Cursor.fingerprint("deliveries", webhook, status);
    }
}

package io.flowmaestro.connections.migration.row;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.migration.source.Field;
import io.flowmaestro.connections.migration.source.SourceRow;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Makes an entry of the registry's import request of a source row, or tells why there can be none. */
public final class RowMapper {
    private final UserIds users;
    private final Moments moments;
    private final Instant now;

    /**
     * @param issuer whose user claims the source's user ids are, for those that are no UUIDs
     * @param zone of timestamps without one
     * @param now the creation time of rows that have none
     */
    public RowMapper(Optional<String> issuer, ZoneId zone, Instant now) {
        this.users = new UserIds(issuer);
        this.moments = new Moments(zone);
        this.now = now;
    }

    public MappedRow map(SourceRow row) {
        Optional<UUID> user = row.value(Field.USER).flatMap(users::of);
        try {
            return importable(row, id(row), user);
        } catch (RowRefused refused) {
            return new MappedRow.Unusable(row.table(), row.id(), user, refused.code(), refused.detail());
        }
    }

    private MappedRow importable(SourceRow row, UUID id, Optional<UUID> user) {
        requireFirst(row);
        UUID owner = user.orElseThrow(() -> withoutUser(row));
        Secret secret = Secret.of(row);
        var entry = new Entry();
        entry.put("id", id.toString());
        entry.put("user_id", owner.toString());
        if (row.value(Field.USER).flatMap(UserIds::uuid).isEmpty()) {
            entry.note("mapped user_id to the UUIDv5 of issuer and id");
        }
        String provider = provider(row, entry);
        entry.put("name", name(row, provider, entry));
        entry.put("connection_method", secret.method());
        entry.put("provider", provider);
        entry.put("status", status(row, entry));
        entry.set("legacy_envelope", secret.envelope());
        if (secret.method().equals("mcp")) {
            entry.put("mcp_server_url", serverUrl(row));
        }
        new Details(row, entry).add();
        times(row, entry);
        return new MappedRow.Importable(row.table(), id, owner, entry.body(), entry.notes());
    }

    private static UUID id(SourceRow row) {
        return UserIds.uuid(row.id())
                .orElseThrow(() -> new RowRefused(
                        "id-not-a-uuid", "Workflows refer to a connection by its id, which must be a UUID here."));
    }

    private static void requireFirst(SourceRow row) {
        row.firstIn().ifPresent(first -> {
            throw new RowRefused(
                    "duplicate-id", "The table " + first.tableName() + " has a row with this id, and that one counts.");
        });
    }

    private static RowRefused withoutUser(SourceRow row) {
        return row.value(Field.USER).isEmpty()
                ? new RowRefused("user-missing", "The row belongs to nobody.")
                : new RowRefused(
                        "user-id-not-a-uuid",
                        "The user id is no UUID. Give --issuer with the identity provider's issuer, if its user claim is this id.");
    }

    private static String provider(SourceRow row, Entry entry) {
        String source = row.value(Field.PROVIDER).orElse("");
        String provider = Normalised.provider(source)
                .orElseThrow(() -> new RowRefused(
                        "provider-unusable", "The provider is empty, or has neither a letter of a to z nor a digit."));
        if (!provider.equals(source)) {
            entry.note("normalised provider to " + provider);
        }
        return provider;
    }

    private static String name(SourceRow row, String provider, Entry entry) {
        String source = row.value(Field.NAME).orElse("");
        if (source.isBlank()) {
            entry.note("normalised the empty name to " + provider);
            return provider;
        }
        String name = Normalised.name(source);
        if (!name.equals(source)) {
            entry.note("normalised name to its first 255 characters");
        }
        return name;
    }

    /** What is switched off stays unusable until its owner connects it again; an unknown status until a test passes. */
    private static String status(SourceRow row, Entry entry) {
        if (row.value(Field.ENABLED).filter(enabled -> !enabled.equals("true")).isPresent()) {
            entry.note("normalised status of a disabled row to revoked");
            return "revoked";
        }
        Optional<String> source = row.ownOrLinked(Field.STATUS);
        if (source.isEmpty()) {
            return "active";
        }
        Optional<String> known = Normalised.status(source.get());
        if (known.isEmpty()) {
            entry.note("normalised an unknown status to invalid");
        }
        return known.orElse("invalid");
    }

    /** An integration without a column for it has it among its settings. */
    private static String serverUrl(SourceRow row) {
        return row.ownOrLinked(Field.MCP_SERVER_URL)
                .or(() -> row.value(Field.CONFIG)
                        .flatMap(Json::parsed)
                        .map(config -> config.path("server_url"))
                        .filter(JsonNode::isTextual)
                        .map(JsonNode::textValue))
                .filter(url -> !url.isBlank())
                .orElseThrow(() -> new RowRefused(
                        "mcp-server-url-missing", "A connection of the method mcp needs its server's URL."));
    }

    private void times(SourceRow row, Entry entry) {
        Optional<Instant> created = moments.of(row, Field.CREATED_AT);
        Optional<Instant> updated = moments.of(row, Field.UPDATED_AT);
        if (created.isEmpty()) {
            entry.note("normalised the missing created_at");
        }
        entry.put("created_at", created.or(() -> updated).orElse(now).toString());
        updated.ifPresent(at -> entry.put("updated_at", at.toString()));
        for (Field field : new Field[] {Field.LAST_USED_AT, Field.LAST_TESTED_AT, Field.DELETED_AT}) {
            moments.of(row, field).ifPresent(at -> entry.put(field.name().toLowerCase(Locale.ROOT), at.toString()));
        }
    }
}

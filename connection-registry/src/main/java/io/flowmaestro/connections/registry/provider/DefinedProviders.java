package io.flowmaestro.connections.registry.provider;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.registry.data.TextRule;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Providers that administrators defined. Each change and the record of it are one transaction. */
@ApplicationScoped
class DefinedProviders {

    private static final String STAMP = """
            select coalesce(string_agg(key || ' ' || extract(epoch from updated_at), ',' order by key), '')
              from registry.providers""";

    private static final String ALL = """
            select key, definition::text as definition, client_id is not null as has_client
              from registry.providers order by key""";

    private static final String INSERT = """
            insert into registry.providers (key, definition, client_id, client_secret)
            values ($1, $2::text::json, $3, $4::text::jsonb) on conflict (key) do nothing
            returning client_id, client_secret is not null as has_secret""";

    /** What is kept is kept here, so that two changes at once cannot mix a secret with another's client. */
    private static final String UPDATE = """
            update registry.providers
               set definition = $2::text::json, updated_at = clock_timestamp(),
                   client_id = case when $5 then client_id else $3 end,
                   client_secret = case when $5 or $6 and client_id = $3 then client_secret else $4::text::jsonb end
             where key = $1
            returning client_id, client_secret is not null as has_secret""";

    private static final String DELETE =
            "delete from registry.providers where key = $1 returning client_id, false as has_secret";

    private static final String CLIENT = """
            select client_id, client_secret::text as client_secret from registry.providers
             where key = $1 and client_id is not null""";

    private static final String REGISTERED =
            "select key from registry.providers where client_id is not null order by key collate \"C\"";

    private static final String RECORD = """
            insert into registry.provider_changes (id, key, change, occurred_at, actor, via, trace_id, client)
            values ($1, $2, $3, $4, $5, $6, nullif($7, ''), $8)""";

    private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
    private static final int LONGEST_NAME = 255;

    private final Pool pool;
    private final Clock clock;

    DefinedProviders(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** An entry as it is stored. */
    record Defined(String key, String definition, boolean hasClient) {}

    /** A client as it is stored; its envelope is JSON text. */
    record StoredClient(String clientId, @Nullable String envelope) {}

    /** Differs when an entry came, went or was changed. */
    Uni<String> stamp() {
        return pool.query(STAMP).execute().map(rows -> rows.iterator().next().getString(0));
    }

    Uni<List<Defined>> all() {
        return pool.query(ALL)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new Defined(
                                row.getString("key"), row.getString("definition"), row.getBoolean("has_client")))
                        .toList());
    }

    /** Empty if there is an entry of that key. */
    Uni<Optional<RegisteredClient>> insert(Caller by, ProviderDefinition entry, @Nullable String envelope) {
        Tuple values = Tuple.of(entry.provider().key(), entry.text(), clientId(entry.client()), envelope);
        return change(by, entry.provider().key(), "created", entry.client().wire(), INSERT, values);
    }

    /** Empty if there is none. */
    Uni<Optional<RegisteredClient>> update(Caller by, ProviderDefinition entry, @Nullable String envelope) {
        Tuple values = Tuple.of(
                entry.provider().key(),
                entry.text(),
                clientId(entry.client()),
                envelope,
                entry.client() instanceof ClientChange.Keep,
                entry.client() instanceof ClientChange.Rename);
        return change(by, entry.provider().key(), "updated", entry.client().wire(), UPDATE, values);
    }

    /** Empty if there is none. */
    Uni<Optional<RegisteredClient>> delete(Caller by, String key) {
        return isKey(key)
                ? change(by, key, "deleted", new ClientChange.Remove().wire(), DELETE, Tuple.of(key))
                : Uni.createFrom().item(Optional.empty());
    }

    Uni<Optional<StoredClient>> client(String key) {
        return isKey(key)
                ? pool.preparedQuery(CLIENT)
                        .execute(Tuple.of(key))
                        .map(rows -> first(rows)
                                .map(row ->
                                        new StoredClient(row.getString("client_id"), row.getString("client_secret"))))
                : Uni.createFrom().item(Optional.empty());
    }

    /** Keys of the entries that have a client, in the order of their characters. */
    Uni<List<String>> registered() {
        return pool.preparedQuery(REGISTERED)
                .execute()
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString("key"))
                        .toList());
    }

    /** What a path names may be anything, characters included that PostgreSQL takes for no text. */
    private static boolean isKey(String path) {
        return TextRule.SLUG_RULE.refuse(path).isEmpty();
    }

    private Uni<Optional<RegisteredClient>> change(
            Caller by, String key, String change, String client, String statement, Tuple values) {
        return pool.withTransaction(sql -> sql.preparedQuery(statement)
                .execute(values)
                .map(DefinedProviders::first)
                .call(changed -> changed.isPresent()
                        ? record(sql, by, key, change, client)
                        : Uni.createFrom().voidItem())
                .map(changed -> changed.map(
                        row -> new RegisteredClient(row.getString("client_id"), row.getBoolean("has_secret")))));
    }

    private Uni<Void> record(SqlConnection sql, Caller by, String key, String change, String client) {
        return sql.preparedQuery(RECORD)
                .execute(Tuple.tuple()
                        .addUUID(IDS.generate())
                        .addString(key)
                        .addString(change)
                        .addOffsetDateTime(clock.instant().atOffset(ZoneOffset.UTC))
                        .addString(cut(by.actor()))
                        .addString(cut(by.via()))
                        .addString(TraceId.current())
                        .addString(client))
                .replaceWithVoid();
    }

    private static @Nullable String clientId(ClientChange change) {
        return switch (change) {
            case ClientChange.Keep keep -> null;
            case ClientChange.Remove remove -> null;
            case ClientChange.Register register -> register.clientId();
            case ClientChange.Rename rename -> rename.clientId();
        };
    }

    private static String cut(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }

    private static Optional<Row> first(RowSet<Row> rows) {
        return rows.size() == 0 ? Optional.empty() : Optional.of(rows.iterator().next());
    }
}

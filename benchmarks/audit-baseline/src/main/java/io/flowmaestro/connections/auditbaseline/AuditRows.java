package io.flowmaestro.connections.auditbaseline;

import io.flowmaestro.connections.identity.Caller;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The plain way to record a call: one insert, committed by itself, into the vault's own table. No chain, so no MAC: the
 * column holds zeros of the right length.
 */
@ApplicationScoped
class AuditRows {

    private static final String ADD = """
            insert into vault.audit_records (writer_id, recorded_at, sequence, operation, outcome, actor,
                user_id, connection_id, purpose, key_id, key_version, trace_id, mac)
            values ($1, $2, $3, 'encrypt', 'ok', $4, $5, $6, $7, $8, 1, $9, $10)""";

    private static final int MAC_BYTES = 32;

    private final Pool pool;
    private final Clock clock = Clock.systemUTC();
    private final UUID writer = UUID.randomUUID();
    private final UUID keyId = UUID.randomUUID();
    private final AtomicLong sequence = new AtomicLong();

    AuditRows(Pool pool) {
        this.pool = pool;
    }

    /** Completes once the row is committed, with the key id it names. */
    Uni<UUID> add(Caller caller, UUID connection, String purpose, String traceId) {
        var row = Tuple.tuple()
                .addUUID(writer)
                .addOffsetDateTime(OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC))
                .addLong(sequence.incrementAndGet())
                .addString(caller.via())
                .addUUID(caller.subject())
                .addUUID(connection)
                .addString(purpose)
                .addUUID(keyId)
                .addString(traceId)
                .addBuffer(Buffer.buffer(new byte[MAC_BYTES]));
        return pool.preparedQuery(ADD).execute(row).replaceWith(keyId);
    }
}

package io.flowmaestro.connections.vault.transit;

import io.flowmaestro.connections.http.TraceId;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.vault.audit.AuditEvent;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import java.util.List;
import java.util.Optional;

/** Who asks for what, on which records; all of them are of the user that the caller acts for. */
record RecordCall(Caller caller, Operation operation, List<RecordContext> records, String traceId) {

    static RecordCall of(RequestFields fields, List<RecordContext> records) {
        return new RecordCall(fields.caller(), fields.operation(), records, TraceId.current());
    }

    KeyScope scope() {
        return new KeyScope(caller.subject());
    }

    AuditEvent event(RecordContext record, Outcome<?> outcome) {
        return new AuditEvent(
                operation.wireName(),
                outcome.code(),
                caller.via(),
                Optional.of(caller.subject()),
                Optional.of(record.connection()),
                Optional.of(record.purpose()),
                outcome.keyOnRecord(),
                traceId);
    }
}

package io.flowmaestro.connections.vault.audit;

import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events as a vault at work makes them. */
final class Events {

    private Events() {}

    static AuditEvent of(UUID user) {
        return of(user, "oauth-broker");
    }

    static AuditEvent of(UUID user, String actor) {
        return new AuditEvent(
                "decrypt",
                "ok",
                actor,
                Optional.of(user),
                Optional.of(UUID.randomUUID()),
                Optional.of(Purpose.CONNECTION_DATA),
                Optional.of(new KeyVersion(UUID.randomUUID(), 1)),
                "4bf92f3577b34da6a3ce929d0e0e4736");
    }

    static AuditEvent ofNobody() {
        return new AuditEvent(
                "decrypt",
                "forbidden",
                "nobody",
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                "0");
    }

    static List<AuditEvent> some(int count) {
        return IntStream.range(0, count).mapToObj(_ -> of(UUID.randomUUID())).toList();
    }
}

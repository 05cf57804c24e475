package io.flowmaestro.connections.verification;

import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressResponse;
import io.smallrye.mutiny.Uni;

/** The way out; fails with {@link io.flowmaestro.connections.egress.EgressException} only. */
@FunctionalInterface
interface Transport {
    Uni<EgressResponse> send(EgressRequest request);
}

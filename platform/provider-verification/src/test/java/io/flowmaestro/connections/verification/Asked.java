package io.flowmaestro.connections.verification;

import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.EgressResponse;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A provider that gives one answer to whatever it is asked, and keeps what that was. */
final class Asked implements Transport {

    private final Uni<EgressResponse> answer;
    private final List<EgressRequest> requests = new ArrayList<>();

    Asked(int status, String body) {
        this(status, Map.of(), body);
    }

    Asked(int status, Map<String, String> headers, String body) {
        this(Uni.createFrom()
                .item(new EgressResponse(
                        status, MultiMap.caseInsensitiveMultiMap().addAll(headers), Buffer.buffer(body))));
    }

    Asked(Uni<EgressResponse> answer) {
        this.answer = answer;
    }

    @Override
    public Uni<EgressResponse> send(EgressRequest request) {
        requests.add(request);
        return answer;
    }

    List<EgressRequest> requests() {
        return requests;
    }

    EgressRequest request() {
        if (requests.size() != 1) {
            throw new AssertionError("asked " + requests.size() + " times");
        }
        return requests.getFirst();
    }
}

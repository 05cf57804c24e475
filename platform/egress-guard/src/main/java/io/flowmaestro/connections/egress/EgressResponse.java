package io.flowmaestro.connections.egress;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** A whole answer. A redirect is an answer like any other: it is never followed. */
public record EgressResponse(int status, MultiMap headers, Buffer body) {

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    @Override
    public String toString() {
        return "Answer with status " + status + " and " + body.length() + " bytes";
    }
}

package io.flowmaestro.connections.egress;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import java.util.function.Supplier;

/** An answer whose body arrives over time. Read the body once or {@link #close()} it; past the total timeout it is cut off. */
public final class EgressStream {

    private final int status;
    private final MultiMap headers;
    private final Supplier<Multi<Buffer>> body;
    private final Uni<Buffer> whole;
    private final Runnable close;

    EgressStream(int status, MultiMap headers, Supplier<Multi<Buffer>> body, Uni<Buffer> whole, Runnable close) {
        this.status = status;
        this.headers = headers;
        this.body = body;
        this.whole = whole;
        this.close = close;
    }

    public int status() {
        return status;
    }

    public MultiMap headers() {
        return headers;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name));
    }

    /** The chunks as they come, however the upstream cuts them. Cancelling drops the connection, unless the end is near. */
    public Multi<Buffer> body() {
        return body.get();
    }

    /** The whole body, up to the request's limit. */
    public Uni<EgressResponse> collect() {
        return whole.map(all -> new EgressResponse(status, headers, all));
    }

    /** Reads no further: drops the connection, unless the end is near. Safe to repeat, and after the end. */
    public void close() {
        close.run();
    }

    @Override
    public String toString() {
        return "Streamed answer with status " + status;
    }
}

package io.flowmaestro.connections.benchmarks.load;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/**
 * A POST to repeat.
 *
 * @param port on loopback
 * @param calls taken in turn
 * @param items how many records one call is about
 */
public record Target(String name, int port, String path, List<Call> calls, int items) {

    /** What one call sends; made ahead, so that the load costs as little as it can. */
    public record Call(MultiMap headers, Buffer body) {}
}

package io.flowmaestro.connections.benchmarks.load;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.util.List;

/**
 * A call to repeat.
 *
 * @param port on loopback
 * @param path that all calls begin with
 * @param calls taken in turn
 * @param items how many records one call is about
 * @param unit what a rate counts
 */
public record Target(String name, int port, HttpMethod method, String path, List<Call> calls, int items, String unit) {

    private static final String CALLS = "calls/s";

    /** A POST of records to one path. */
    public Target(String name, int port, String path, List<Call> calls, int items) {
        this(name, port, HttpMethod.POST, path, calls, items, "records/s");
    }

    /** Reads, each of a path of its own below the target's. */
    public static Target reads(String name, int port, String path, List<Call> calls) {
        return new Target(name, port, HttpMethod.GET, path, calls, 1, CALLS);
    }

    /** The same for what is read by POST. */
    public static Target posts(String name, int port, String path, List<Call> calls) {
        return new Target(name, port, HttpMethod.POST, path, calls, 1, CALLS);
    }

    /**
     * What one call sends; made ahead, so that the load costs as little as it can.
     *
     * @param rest of the path
     */
    public record Call(String rest, MultiMap headers, Buffer body) {

        public Call(MultiMap headers, Buffer body) {
            this("", headers, body);
        }
    }
}

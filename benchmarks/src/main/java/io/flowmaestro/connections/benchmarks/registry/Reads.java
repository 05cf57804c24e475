package io.flowmaestro.connections.benchmarks.registry;

import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.load.Target.Call;
import io.flowmaestro.connections.benchmarks.server.PackagedService;
import io.flowmaestro.connections.testing.Tokens;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/** The calls of several users, each with a token of its own that is good for ten minutes. */
final class Reads {

    private static final String PATH = "/api/connections";
    private static final String BARE_PATH = "/api/bare/connections";

    private final StoredRows rows;
    private final List<MultiMap> headers;

    Reads(StoredRows rows, int callers) {
        this.rows = rows;
        this.headers = IntStream.range(0, callers)
                .mapToObj(number -> MultiMap.caseInsensitiveMultiMap()
                        .add("Authorization", "Bearer " + Tokens.user(rows.user(number))))
                .toList();
    }

    Target get(String name, PackagedService registry) {
        return Target.reads(name, registry.port(), PATH, gets());
    }

    Target bareGet(String name, PackagedService baseline) {
        return Target.reads(name, baseline.port(), BARE_PATH, gets());
    }

    Target list(String name, PackagedService registry) {
        return Target.reads(name, registry.port(), PATH, lists());
    }

    Target bareList(String name, PackagedService baseline) {
        return Target.reads(name, baseline.port(), BARE_PATH, lists());
    }

    private List<Call> gets() {
        return calls(number -> "/" + rows.connectionOf(number));
    }

    private List<Call> lists() {
        return calls(_ -> "?limit=" + RegistrySettings.EACH);
    }

    private List<Call> calls(IntFunction<String> rest) {
        return IntStream.range(0, headers.size())
                .mapToObj(number -> new Call(rest.apply(number), headers.get(number), Buffer.buffer()))
                .toList();
    }
}

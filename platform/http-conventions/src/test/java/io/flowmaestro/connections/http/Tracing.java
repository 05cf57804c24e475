package io.flowmaestro.connections.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service as an operator runs it who records every trace; {@link RecordedSpans} stands for the collector. */
public class Tracing implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("CONNECTIONS_TRACES_SAMPLER", "always_on", "quarkus.otel.traces.exporter", "none");
    }
}

package io.flowmaestro.connections.http;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** A service as an operator runs it who wants to see what happens. */
public class Debugging implements QuarkusTestProfile {

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of("DEBUG_CONNECTIONS", "true");
    }
}

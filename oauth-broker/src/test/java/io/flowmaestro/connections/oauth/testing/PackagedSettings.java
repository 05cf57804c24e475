package io.flowmaestro.connections.oauth.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** What component tests have from a properties file of theirs, which a process of its own does not read. */
public class PackagedSettings implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "CONNECTIONS_JOURNAL_DIR", "target/journal-of-the-package",
                "ACME_CLIENT_ID", "acme-client",
                "ACME_CLIENT_SECRET", "acme-secret");
    }

    @Override
    public void stop() {}
}

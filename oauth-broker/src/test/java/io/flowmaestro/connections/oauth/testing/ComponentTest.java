package io.flowmaestro.connections.oauth.testing;

import io.flowmaestro.connections.testing.PeersResource;
import io.flowmaestro.connections.testing.PostgresResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.ResourceArg;
import org.junit.jupiter.api.BeforeEach;

/** The broker with a real PostgreSQL, and scripted peers and provider that are new for each test. */
@QuarkusTestResource(value = PostgresResource.class, initArgs = @ResourceArg(name = "schema", value = "oauth"))
@QuarkusTestResource(PeersResource.class)
public abstract class ComponentTest {

    @BeforeEach
    void scriptPeers() {
        Suite.reset();
    }
}

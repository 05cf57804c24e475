package io.flowmaestro.connections.registry.connection;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** This service's own secret at the identity provider, which no database holds. */
@ConfigMapping(prefix = "quarkus.oidc-client.credentials")
interface ServiceIdentity {

    /** Set by {@code CONNECTIONS_SERVICE_SECRET}. */
    Optional<String> secret();
}

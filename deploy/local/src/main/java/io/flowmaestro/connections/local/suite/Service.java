package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.database.ServiceDatabase;
import io.flowmaestro.connections.local.home.Secrets;
import java.nio.file.Path;
import java.util.Locale;

/** A service of the suite. Its name is also its folder, its log and its OAuth client. */
public enum Service {
    CONNECTION_REGISTRY("connection-registry", "registry", 1),
    CREDENTIAL_VAULT("credential-vault", "vault", 2),
    OAUTH_BROKER("oauth-broker", "oauth", 3),
    MCP_GATEWAY("mcp-gateway", "mcp", 4);

    private final String serviceName;
    private final String schema;
    private final int portOffset;

    Service(String serviceName, String schema, int portOffset) {
        this.serviceName = serviceName;
        this.schema = schema;
        this.portOffset = portOffset;
    }

    public String serviceName() {
        return serviceName;
    }

    int portOffset() {
        return portOffset;
    }

    /** The name of the environment variable that gives a secret or an address of this service. */
    String variable(String suffix) {
        return serviceName.replace('-', '_').toUpperCase(Locale.ROOT) + suffix;
    }

    Path migrations(Path repository) {
        return repository.resolve(serviceName).resolve("src/main/resources/db/migration");
    }

    /** Its schema and roles, with the passwords of that data folder. */
    public ServiceDatabase database(Secrets secrets) {
        return new ServiceDatabase(
                schema,
                secrets.databasePassword(schema + "_owner"),
                secrets.databasePassword(schema + "_app"),
                secrets.databasePassword(schema + "_jobs"));
    }
}

package io.flowmaestro.connections.oauth.mcp;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/**
 * Clients that the operator has registered: {@code <KEY>_MCP_CLIENT_ID} and {@code <KEY>_MCP_CLIENT_SECRET} (or files) for
 * the authorization server whose issuer is {@code <KEY>_MCP_ISSUER}, and for no other.
 */
@ApplicationScoped
class OperatorClients {

    private static final Logger LOG = Logger.getLogger(OperatorClients.class);

    private final Config environment;

    OperatorClients(Config environment) {
        this.environment = environment;
    }

    /** @param provider key of the catalogue's entry */
    Optional<GivenClient> find(String provider, String issuer) {
        String prefix = provider.toUpperCase(Locale.ROOT).replace('-', '_') + "_MCP_";
        return value(prefix + "ISSUER")
                .filter(issuer::equals)
                .flatMap(same -> value(prefix + "CLIENT_ID"))
                .map(id -> new GivenClient(id, value(prefix + "CLIENT_SECRET").orElse(null), null, null));
    }

    private Optional<String> value(String variable) {
        return environment
                .getOptionalValue(variable, String.class)
                .or(() -> environment
                        .getOptionalValue(variable + "_FILE", String.class)
                        .flatMap(OperatorClients::read))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    private static Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException unreadable) {
            LOG.warnf("The client credentials file %s cannot be read, so they count as not given.", file);
            return Optional.empty();
        }
    }
}

package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauth.secret.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/** Finds a provider's client in the environment: {@code ACME_CLIENT_ID} and {@code ACME_CLIENT_SECRET}, or files. */
@ApplicationScoped
public class ClientRegistrations {

    private static final Logger LOG = Logger.getLogger(ClientRegistrations.class);

    private final Config environment;

    ClientRegistrations(Config environment) {
        this.environment = environment;
    }

    public boolean configured(Provider provider) {
        return find(provider).isPresent();
    }

    /**
     * The provider's client.
     *
     * @throws ProblemException naming the variables to set
     */
    public ClientCredentials require(Provider provider) {
        return find(provider).orElseThrow(() -> notConfigured(provider));
    }

    private Optional<ClientCredentials> find(Provider provider) {
        var settings = provider.requireOAuth();
        Optional<String> id = value(variable(provider.key(), "CLIENT_ID"));
        Optional<String> secret = switch (settings.clientAuthentication()) {
            case NONE -> Optional.of("");
            case BASIC, BODY -> value(variable(provider.key(), "CLIENT_SECRET"));
        };
        return id.flatMap(found -> secret.map(it -> new ClientCredentials(found, Secret.of(it))));
    }

    /** The key in upper case, {@code -} as {@code _}. */
    static String variable(String key, String suffix) {
        return key.toUpperCase(Locale.ROOT).replace('-', '_') + "_" + suffix;
    }

    private Optional<String> value(String variable) {
        return environment
                .getOptionalValue(variable, String.class)
                .or(() -> environment
                        .getOptionalValue(variable + "_FILE", String.class)
                        .flatMap(this::read))
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Read at each use: a mounted secret is a few bytes of page cache, and may be rotated under us. */
    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(Path.of(file)));
        } catch (IOException unreadable) {
            LOG.warnf("The client credentials file %s cannot be read; its provider counts as not configured.", file);
            return Optional.empty();
        }
    }

    private static ProblemException notConfigured(Provider provider) {
        String id = variable(provider.key(), "CLIENT_ID");
        String secret = variable(provider.key(), "CLIENT_SECRET");
        return new ProblemException(
                OAuthProblem.PROVIDER_NOT_CONFIGURED,
                "%s has no client credentials. Register a client at the provider, set %s and %s (or %s_FILE and %s_FILE) for oauth-broker and restart it."
                        .formatted(provider.name(), id, secret, id, secret));
    }
}

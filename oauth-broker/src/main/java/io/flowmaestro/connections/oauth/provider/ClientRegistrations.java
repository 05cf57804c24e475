package io.flowmaestro.connections.oauth.provider;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import io.flowmaestro.connections.oauthclient.ClientCredentials;
import io.flowmaestro.connections.oauthclient.ClientKey;
import io.flowmaestro.connections.oauthclient.OAuthSettings;
import io.flowmaestro.connections.oauthclient.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds a provider's client in the environment: {@code ACME_CLIENT_ID} and {@code ACME_CLIENT_SECRET}, or files; for one
 * that signs {@code ACME_CLIENT_PRIVATE_KEY} (PKCS#8 in PEM) and, where it has one, {@code ACME_CLIENT_KEY_ID}.
 */
@ApplicationScoped
class ClientRegistrations {

    private static final Logger LOG = Logger.getLogger(ClientRegistrations.class);

    private final Config environment;

    ClientRegistrations(Config environment) {
        this.environment = environment;
    }

    boolean configured(Provider provider) {
        return find(provider).isPresent();
    }

    Optional<ClientCredentials> find(Provider provider) {
        var definition = provider.requireDefinition();
        Optional<String> id = value(variable(provider.key(), "CLIENT_ID"));
        return switch (definition.clientAuthentication()) {
            case NONE -> id.map(found -> new ClientCredentials(found, Secret.of("")));
            case BASIC, BODY ->
                id.flatMap(found -> value(variable(provider.key(), "CLIENT_SECRET"))
                        .map(secret -> new ClientCredentials(found, Secret.of(secret))));
            case PRIVATE_KEY_JWT ->
                id.flatMap(found ->
                        signingKey(provider.key()).map(key -> new ClientCredentials(found, Secret.of(""), key, null)));
        };
    }

    /** A client from elsewhere; empty where the provider wants a secret and there is none that can be used. */
    static Optional<ClientCredentials> credentials(Provider provider, String id, String secret) {
        return switch (provider.requireDefinition().clientAuthentication()) {
            case NONE -> Optional.of(new ClientCredentials(id, Secret.of("")));
            case BASIC, BODY ->
                secret.isEmpty() ? Optional.empty() : Optional.of(new ClientCredentials(id, Secret.of(secret)));
            case PRIVATE_KEY_JWT ->
                key(provider.key(), secret, null).map(key -> new ClientCredentials(id, Secret.of(""), key, null));
        };
    }

    private Optional<ClientKey> signingKey(String provider) {
        String keyId = value(variable(provider, "CLIENT_KEY_ID")).orElse(null);
        return value(variable(provider, "CLIENT_PRIVATE_KEY")).flatMap(pem -> key(provider, pem, keyId));
    }

    private static Optional<ClientKey> key(String provider, String pem, @Nullable String keyId) {
        try {
            return Optional.of(ClientKey.read(pem, keyId));
        } catch (IllegalArgumentException unusable) {
            LOG.warnf("%s counts as not configured. %s", provider, unusable.getMessage());
            return Optional.empty();
        }
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

    static ProblemException notConfigured(Provider provider) {
        String id = variable(provider.key(), "CLIENT_ID");
        boolean signs = provider.requireDefinition().clientAuthentication()
                == OAuthSettings.ClientAuthentication.PRIVATE_KEY_JWT;
        String secret = variable(provider.key(), signs ? "CLIENT_PRIVATE_KEY" : "CLIENT_SECRET");
        return new ProblemException(
                OAuthProblem.PROVIDER_NOT_CONFIGURED,
                "%s has no client credentials. Register a client at the provider, and give it to us: by an administrator at PUT /api/providers/{key}, or by setting %s and %s (or %s_FILE and %s_FILE) for oauth-broker."
                        .formatted(provider.name(), id, secret, id, secret));
    }
}

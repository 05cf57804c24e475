package io.flowmaestro.connections.vault.kms.google;

import io.flowmaestro.connections.vault.kms.KeyManagementService;
import io.flowmaestro.connections.vault.kms.KmsAddress;
import io.flowmaestro.connections.vault.kms.KmsCall;
import io.flowmaestro.connections.vault.kms.KmsHttp;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;

/** Google Cloud KMS over its REST API, with the credentials of Google's library. */
@ApplicationScoped
class GoogleKms implements KeyManagementService {

    private static final String NAME = "gcp-kms";

    private final GoogleConfig config;
    private final Vertx vertx;
    private final boolean production;
    private final Duration timeout;

    @Inject
    GoogleKms(GoogleConfig config, Vertx vertx) {
        this(config, vertx, KmsAddress.isProduction(), KmsCall.TIMEOUT);
    }

    GoogleKms(GoogleConfig config, Vertx vertx, boolean production, Duration timeout) {
        this.config = config;
        this.vertx = vertx;
        this.production = production;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public KeyEncryptionKey open(URI key) {
        var keyName = GoogleKeyName.of(key);
        config.credentialsFile().filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new ConfigurationException(
                    "The file %s that GOOGLE_APPLICATION_CREDENTIALS names cannot be read.".formatted(file));
        });
        return new GoogleKey(
                new KmsHttp(vertx, Optional.empty()),
                new GoogleLogin(config.credentialsFile()),
                KmsAddress.require("VAULT_KMS_GOOGLE_ENDPOINT", config.endpoint(), production),
                keyName,
                new KmsCall(NAME, timeout));
    }
}

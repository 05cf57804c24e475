package io.flowmaestro.connections.vault.kms.transit;

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

/** HashiCorp Vault and OpenBao, whose transit APIs are the same. */
@ApplicationScoped
class HashicorpTransit implements KeyManagementService {

    private static final String NAME = "hcvault";

    private final TransitConfig config;
    private final Vertx vertx;
    private final boolean production;
    private final Duration timeout;

    @Inject
    HashicorpTransit(TransitConfig config, Vertx vertx) {
        this(config, vertx, KmsAddress.isProduction(), KmsCall.TIMEOUT);
    }

    HashicorpTransit(TransitConfig config, Vertx vertx, boolean production, Duration timeout) {
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
        var keyName = TransitKeyName.of(key);
        var server = server();
        return new TransitKey(server, login(server), keyName, new KmsCall(NAME, timeout));
    }

    private TransitServer server() {
        var address = config.address()
                .orElseThrow(() -> new ConfigurationException(
                        "VAULT_ADDR is not set: a key at hcvault://… needs the server's address, for example"
                                + " https://vault.example.org:8200."));
        config.caFile().filter(file -> !Files.isReadable(file)).ifPresent(file -> {
            throw new ConfigurationException("The file %s that VAULT_CACERT names cannot be read.".formatted(file));
        });
        return new TransitServer(
                new KmsHttp(vertx, config.caFile()),
                KmsAddress.require("VAULT_ADDR", address, production),
                config.namespace());
    }

    private TransitLogin login(TransitServer server) {
        requireOneLogin();
        if (config.token().isPresent()) {
            return new FixedToken(TransitToken.of(config.token().get())
                    .orElseThrow(() -> new ConfigurationException(
                            "VAULT_TOKEN is not a token: it must be one word of printable ASCII characters.")));
        }
        if (config.tokenFile().isPresent()) {
            return new TokenFile(vertx, config.tokenFile().get());
        }
        return new KubernetesLogin(
                server,
                new TokenFile(vertx, config.kubernetesTokenFile()),
                TransitKeyName.requirePath("VAULT_K8S_MOUNT", config.kubernetesMount()),
                config.kubernetesRole().orElseThrow());
    }

    private void requireOneLogin() {
        var count = (config.token().isPresent() ? 1 : 0)
                + (config.tokenFile().isPresent() ? 1 : 0)
                + (config.kubernetesRole().isPresent() ? 1 : 0);
        if (count != 1) {
            throw new ConfigurationException(
                    ("Set exactly one of VAULT_TOKEN, VAULT_TOKEN_FILE and VAULT_K8S_ROLE for a key "
                                    + "at hcvault://…; %d are set.")
                            .formatted(count));
        }
    }
}

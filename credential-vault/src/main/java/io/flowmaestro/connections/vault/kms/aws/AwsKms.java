package io.flowmaestro.connections.vault.kms.aws;

import io.flowmaestro.connections.vault.kms.KeyManagementService;
import io.flowmaestro.connections.vault.kms.KmsAddress;
import io.flowmaestro.connections.vault.kms.KmsCall;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.services.kms.KmsClient;

/** AWS KMS through the AWS SDK, one client per key. */
@ApplicationScoped
class AwsKms implements KeyManagementService {

    private static final String NAME = "aws-kms";

    private final AwsConfig config;
    private final boolean production;
    private final Duration timeout;
    private final List<KmsClient> opened = new CopyOnWriteArrayList<>();

    @Inject
    AwsKms(AwsConfig config) {
        this(config, KmsAddress.isProduction(), KmsCall.TIMEOUT);
    }

    AwsKms(AwsConfig config, boolean production, Duration timeout) {
        this.config = config;
        this.production = production;
        this.timeout = timeout;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public KeyEncryptionKey open(URI key) {
        return open(AwsKeyArn.of(key), DefaultCredentialsProvider.builder().build());
    }

    KeyEncryptionKey open(AwsKeyArn arn, AwsCredentialsProvider credentials) {
        var endpoint =
                config.endpoint().map(address -> KmsAddress.require("AWS_ENDPOINT_URL_KMS", address, production));
        var client = AwsClients.client(arn.region(), credentials, endpoint, production, timeout);
        opened.add(client);
        return new AwsKey(client, arn, new KmsCall(NAME, timeout));
    }

    @PreDestroy
    void close() {
        opened.forEach(KmsClient::close);
    }
}

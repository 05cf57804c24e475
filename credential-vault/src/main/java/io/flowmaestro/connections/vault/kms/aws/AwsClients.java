package io.flowmaestro.connections.vault.kms.aws;

import io.flowmaestro.connections.vault.kms.KmsCall;
import io.flowmaestro.connections.vault.kms.KmsHttp;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.kms.KmsClient;

/** How the SDK's client is set up: blocking, so every call goes to a worker thread; it tries again by itself. */
final class AwsClients {

    /** Prints the session token at DEBUG. Held, since a logger that nobody holds forgets its level. */
    private static final Logger SIGNER = Logger.getLogger("software.amazon.awssdk.http.auth.aws");

    private AwsClients() {}

    static KmsClient client(
            Region region,
            AwsCredentialsProvider credentials,
            Optional<URI> endpoint,
            boolean production,
            Duration timeout) {
        SIGNER.setLevel(Level.INFO);
        var builder = KmsClient.builder()
                .region(region)
                .credentialsProvider(credentials)
                .httpClient(http(timeout))
                .overrideConfiguration(override -> override.apiCallTimeout(timeout)
                        .retryStrategy(retries())
                        .addExecutionInterceptor(new WireGuard(production)));
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static SdkHttpClient http(Duration timeout) {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(Duration.ofMillis(KmsHttp.CONNECT_MILLIS))
                .socketTimeout(timeout)
                .build();
    }

    /** The SDK's own sense of what is transient, with the vault's patience; both back-offs are fully jittered. */
    private static RetryStrategy retries() {
        var backoff = BackoffStrategy.exponentialDelay(KmsCall.FIRST_BACKOFF, KmsCall.LONGEST_BACKOFF);
        return AwsRetryStrategy.standardRetryStrategy().toBuilder()
                .maxAttempts(1 + KmsCall.RETRIES)
                .backoffStrategy(backoff)
                .throttlingBackoffStrategy(backoff)
                .build();
    }
}

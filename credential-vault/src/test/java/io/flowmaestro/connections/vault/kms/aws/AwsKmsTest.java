package io.flowmaestro.connections.vault.kms.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.kms.KmsCall;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;

class AwsKmsTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:alias/connections";

    @ParameterizedTest
    @ValueSource(
            strings = {
                ARN,
                "arn:aws-us-gov:kms:us-gov-west-1:111122223333:key/mrk-1234abcd12ab34cd56ef1234567890ab",
                "arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
            })
    void takesTheRegionFromTheArn(String arn) {
        assertThat(AwsKeyArn.of(URI.create("aws-kms://" + arn)))
                .isEqualTo(new AwsKeyArn(arn, Region.of(arn.split(":")[3])));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aws-kms:" + ARN,
                "aws-kms://alias/connections",
                "aws-kms://1234abcd-12ab-34cd-56ef-1234567890ab",
                "aws-kms://arn:aws:kms:eu-central-1:1111:key/1234abcd",
                "aws-kms://arn:aws:s3:eu-central-1:111122223333:key/1234abcd",
                "aws-kms://arn:aws:kms::111122223333:key/1234abcd",
                "aws-kms://arn:aws:kms:eu-central-1:111122223333:key/../alias",
                "aws-kms://arn:aws:kms:evil.example.org:111122223333:key/1234abcd"
            })
    void refusesWhatIsNoArnAndSaysWhatIs(String uri) {
        assertThatThrownBy(() -> new AwsKms(Optional::empty, true, TIMEOUT).open(URI.create(uri)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContainingAll("the full ARN", "aws-kms://" + ARN);
    }

    @Test
    void opensAKeyWithoutLookingForCredentials() {
        assertThat(new AwsKms(Optional::empty, true, TIMEOUT).open(URI.create("aws-kms://" + ARN)))
                .hasToString("AwsKey[" + ARN + "]");
    }

    @Test
    void refusesAnEndpointWithoutTlsInProduction() {
        AwsConfig config = () -> Optional.of("http://127.0.0.1:4566");

        assertThatThrownBy(() -> new AwsKms(config, true, TIMEOUT).open(URI.create("aws-kms://" + ARN)))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("AWS_ENDPOINT_URL_KMS must start with https://");
    }

    @Test
    void sendsNothingWithoutTlsInProductionWhateverTheProfileSays() {
        var client = AwsClients.client(
                Region.EU_CENTRAL_1,
                AnonymousCredentialsProvider.create(),
                Optional.of(URI.create("http://127.0.0.1:9")),
                true,
                TIMEOUT);
        var key = new AwsKey(client, AwsKeyArn.of(URI.create("aws-kms://" + ARN)), new KmsCall("aws-kms", TIMEOUT));

        assertThatThrownBy(() -> key.wrap(new byte[32], new byte[8]).await().atMost(TIMEOUT))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("does not serve the vault");
    }

    @Test
    void readsTheEndpointFromTheNamesThatAwsUses() {
        assertThat(config(Map.of()).endpoint()).isEmpty();
        assertThat(config(Map.of("AWS_ENDPOINT_URL", "https://a.example.org")).endpoint())
                .contains("https://a.example.org");
        assertThat(config(Map.of(
                                "AWS_ENDPOINT_URL", "https://a.example.org",
                                "AWS_ENDPOINT_URL_KMS", "https://b.example.org"))
                        .endpoint())
                .contains("https://b.example.org");
    }

    private static AwsConfig config(Map<String, String> environment) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(environment, "environment", 300))
                .withMapping(AwsConfig.class)
                .build()
                .getConfigMapping(AwsConfig.class);
    }
}

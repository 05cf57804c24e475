package io.flowmaestro.connections.vault.kms.aws;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.flowmaestro.connections.vault.kms.KmsKeyContract;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProviderChain;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.auth.credentials.SystemPropertyCredentialsProvider;
import software.amazon.awssdk.auth.credentials.WebIdentityTokenFileCredentialsProvider;

class AwsKeyTest extends KmsKeyContract {

    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    private static final String OTHER = "arn:aws:kms:eu-central-1:111122223333:alias/another";
    private static final AwsCredentialsProvider CREDENTIALS =
            StaticCredentialsProvider.create(AwsBasicCredentials.create("AKIAEXAMPLE", "aws-secret-canary"));

    @TempDir
    private Path folder;

    AwsKeyTest() {
        super(new FakeAwsKms());
    }

    @Override
    protected KeyEncryptionKey open(String address, Duration timeout) {
        return open(address, ARN, timeout, CREDENTIALS);
    }

    @Override
    protected KeyEncryptionKey another() {
        return open(address(), OTHER, PATIENCE, CREDENTIALS);
    }

    @Override
    protected RequestPatternBuilder wrapping() {
        return postRequestedFor(urlEqualTo("/"));
    }

    @Override
    protected ResponseDefinitionBuilder throttled() {
        return FakeAwsKms.error(400, "ThrottlingException");
    }

    @Override
    protected ResponseDefinitionBuilder forbidden() {
        return FakeAwsKms.error(400, "AccessDeniedException");
    }

    @Override
    protected String remedy() {
        return "(AccessDeniedException, HTTP 400): check the credentials, the clock, and that kms:Encrypt and kms:Decrypt";
    }

    @Override
    protected List<String> secrets() {
        return List.of("aws-secret-canary", "session-canary", "pod-jwt-canary");
    }

    @Test
    void asksAsTheKmsApiDocuments() {
        var key = open(PATIENCE);

        var wrapped = await(key.wrap(dataKey, ALICE));
        await(key.unwrap(wrapped, ALICE));

        var context = "{\"aad\":\"%s\"}".formatted(base64(ALICE));
        server.verify(signed("TrentService.Encrypt")
                .withRequestBody(equalToJson("{\"KeyId\":\"%s\",\"Plaintext\":\"%s\",\"EncryptionContext\":%s}"
                        .formatted(ARN, base64(dataKey), context))));
        server.verify(signed("TrentService.Decrypt")
                .withRequestBody(equalToJson("{\"KeyId\":\"%s\",\"CiphertextBlob\":\"%s\",\"EncryptionContext\":%s}"
                        .formatted(ARN, base64(wrapped), context))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NotFoundException        | 400 | KEY_UNUSABLE | correct the ARN
            DisabledException        | 400 | KEY_UNUSABLE | enable it
            KMSInvalidStateException | 400 | KEY_UNUSABLE | to be deleted
            InvalidKeyUsageException | 400 | KEY_UNUSABLE | ENCRYPT_DECRYPT
            ExpiredTokenException    | 400 | REFUSED      | ExpiredTokenException
            KeyUnavailableException  | 500 | SERVER_ERROR | KeyUnavailableException
            DependencyTimeoutException | 503 | SERVER_ERROR | DependencyTimeoutException
            """)
    void saysWhatIsWrongWithTheKey(String type, int status, String kind, String remedy) {
        always(FakeAwsKms.error(status, type));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), kind);
        assertThat(logs.warnings()).singleElement().asString().contains(remedy);
    }

    @Test
    void saysThatThereAreNoCredentials() {
        var none = AwsCredentialsProviderChain.of(SystemPropertyCredentialsProvider.create());

        assertUnavailable(open(address(), ARN, PATIENCE, none).wrap(dataKey, ALICE), "REFUSED", 0);
        assertThat(logs.warnings()).singleElement().asString().contains("There are no AWS credentials");
    }

    @Test
    void takesARoleAsAKubernetesServiceAccount() throws Exception {
        server.stubFor(any(anyUrl())
                .atPriority(1)
                .withRequestBody(containing("Action=AssumeRoleWithWebIdentity&"))
                .withRequestBody(containing("WebIdentityToken=pod-jwt-canary"))
                .willReturn(aResponse().withBody("""
                <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
                  <AccessKeyId>AKIAEXAMPLE</AccessKeyId><SecretAccessKey>aws-secret-canary</SecretAccessKey>
                  <SessionToken>session-canary</SessionToken><Expiration>2100-01-01T00:00:00Z</Expiration>
                </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>""")));
        System.setProperty("aws.endpointUrlSts", address());
        System.setProperty("aws.region", "eu-central-1");
        try (var role = WebIdentityTokenFileCredentialsProvider.builder()
                .roleArn("arn:aws:iam::111122223333:role/vault")
                .roleSessionName("vault")
                .webIdentityTokenFile(Files.writeString(folder.resolve("jwt"), "pod-jwt-canary"))
                .build()) {
            await(open(address(), ARN, PATIENCE, role).wrap(dataKey, ALICE));
        } finally {
            System.clearProperty("aws.endpointUrlSts");
            System.clearProperty("aws.region");
        }

        server.verify(signed("TrentService.Encrypt").withHeader("X-Amz-Security-Token", equalTo("session-canary")));
    }

    private static KeyEncryptionKey open(
            String address, String arn, Duration timeout, AwsCredentialsProvider credentials) {
        return new AwsKms(() -> Optional.of(address), false, timeout)
                .open(AwsKeyArn.of(URI.create("aws-kms://" + arn)), credentials);
    }

    private static RequestPatternBuilder signed(String target) {
        return postRequestedFor(urlEqualTo("/"))
                .withHeader("X-Amz-Target", equalTo(target))
                .withHeader("Content-Type", equalTo("application/x-amz-json-1.1"))
                .withHeader("X-Amz-Date", matching("\\d{8}T\\d{6}Z"))
                .withHeader(
                        "Authorization",
                        matching(
                                "AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/\\d{8}/eu-central-1/kms/aws4_request, .*Signature=[0-9a-f]{64}"));
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}

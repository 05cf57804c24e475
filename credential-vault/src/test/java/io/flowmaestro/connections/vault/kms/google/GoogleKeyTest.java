package io.flowmaestro.connections.vault.kms.google;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.flowmaestro.connections.vault.kms.KmsKeyContract;
import io.flowmaestro.connections.vault.masterkey.KeyEncryptionKey;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GoogleKeyTest extends KmsKeyContract {

    private static final String KEY = "projects/acme/locations/europe-west3/keyRings/connections/cryptoKeys/kek";
    private static final KeyPair SERVICE_ACCOUNT = keyPair();

    @TempDir
    private Path folder;

    GoogleKeyTest() {
        super(new FakeGoogleKms());
    }

    @Override
    protected KeyEncryptionKey open(String address, Duration timeout) {
        return open(address, KEY, timeout);
    }

    @Override
    protected KeyEncryptionKey another() {
        return open(address(), KEY.replace("/kek", "/another"), PATIENCE);
    }

    @Override
    protected RequestPatternBuilder wrapping() {
        return postRequestedFor(urlEqualTo("/v1/" + KEY + ":encrypt"));
    }

    @Override
    protected ResponseDefinitionBuilder throttled() {
        return FakeGoogleKms.error(429, "RESOURCE_EXHAUSTED", "Quota exceeded");
    }

    @Override
    protected ResponseDefinitionBuilder forbidden() {
        return FakeGoogleKms.error(403, "PERMISSION_DENIED", "canary-of-the-answer");
    }

    @Override
    protected String remedy() {
        return "(HTTP 403): they need the role roles/cloudkms.cryptoKeyEncrypterDecrypter on " + KEY;
    }

    @Override
    protected List<String> secrets() {
        return List.of(
                FakeGoogleKms.TOKEN,
                base64(SERVICE_ACCOUNT.getPrivate().getEncoded()).substring(40, 80));
    }

    @Test
    void asksAsTheKmsApiDocuments() {
        var key = open(PATIENCE);

        var wrapped = await(key.wrap(dataKey, ALICE));
        await(key.unwrap(wrapped, ALICE));

        server.verify(wrapping()
                .withHeader("Authorization", equalTo("Bearer " + FakeGoogleKms.TOKEN))
                .withHeader("Content-Type", equalTo("application/json"))
                .withRequestBody(equalToJson(body("plaintext", dataKey))));
        server.verify(postRequestedFor(urlEqualTo("/v1/" + KEY + ":decrypt"))
                .withHeader("Authorization", equalTo("Bearer " + FakeGoogleKms.TOKEN))
                .withRequestBody(equalToJson(body("ciphertext", wrapped))));
    }

    @Test
    void asksForATokenOnceForManyCalls() {
        var key = open(PATIENCE);
        await(key.unwrap(await(key.wrap(dataKey, ALICE)), ALICE));

        server.verify(
                1,
                postRequestedFor(urlEqualTo("/token"))
                        .withRequestBody(
                                containing("grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer")));
    }

    @ParameterizedTest
    @CsvSource({
        "verifiedPlaintextCrc32c",
        "verifiedAdditionalAuthenticatedDataCrc32c",
        "ciphertextCrc32c",
    })
    void refusesAWrappedKeyThatGoogleDidNotVouchFor(String checksum) {
        var answer = new JsonObject()
                .put("ciphertext", base64(ALICE))
                .put("ciphertextCrc32c", FakeGoogleKms.crc(ALICE))
                .put("verifiedPlaintextCrc32c", true)
                .put("verifiedAdditionalAuthenticatedDataCrc32c", true);
        answer.remove(checksum);
        always(FakeGoogleKms.json(200, answer));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "CORRUPTED", 3);
    }

    @Test
    void refusesADataKeyThatChangedOnTheWay() {
        server.stubFor(any(urlEqualTo("/v1/" + KEY + ":decrypt"))
                .atPriority(1)
                .willReturn(FakeGoogleKms.json(
                        200, new JsonObject().put("plaintext", base64(dataKey)).put("plaintextCrc32c", "1"))));

        assertUnavailable(open(PATIENCE).unwrap(ALICE, ALICE), "CORRUPTED");
    }

    @Test
    void triesAgainWhenGoogleSaysThatTheRequestChangedOnTheWay() {
        always(FakeGoogleKms.error(400, "INVALID_ARGUMENT", "The checksum in field plaintext_crc32c did not match"));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "CORRUPTED", 3);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            400 | FAILED_PRECONDITION | KEY_UNUSABLE | its version enabled
            400 | INVALID_ARGUMENT    | KEY_UNUSABLE | purpose must be ENCRYPT_DECRYPT
            404 | NOT_FOUND           | KEY_UNUSABLE | There is no key projects/acme
            401 | UNAUTHENTICATED     | REFUSED      | HTTP 401
            302 | MOVED               | BAD_ANSWER   | unexpected status 302
            """)
    void saysWhatIsWrongWithTheKey(int code, String status, String kind, String remedy) {
        always(FakeGoogleKms.error(code, status, "canary-of-the-answer").withHeader("Location", address() + "/token"));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), kind, 1);
        assertThat(logs.warnings()).singleElement().asString().contains(remedy);
    }

    @Test
    void saysThatNoTokenIsGiven() {
        server.stubFor(any(urlEqualTo("/token"))
                .atPriority(1)
                .willReturn(FakeGoogleKms.json(
                        400,
                        new JsonObject()
                                .put("error", "invalid_grant")
                                .put("error_description", "canary-of-the-answer"))));

        assertUnavailable(open(PATIENCE).wrap(dataKey, ALICE), "REFUSED", 0);
        assertThat(logs.warnings()).singleElement().asString().contains("GOOGLE_APPLICATION_CREDENTIALS");
    }

    @Test
    void saysThatTheCredentialsFileIsNone() throws IOException {
        var key = open(PATIENCE);
        Files.writeString(folder.resolve("credentials.json"), "{\"type\":\"canary-of-the-answer\"}");

        assertUnavailable(key.wrap(dataKey, ALICE), "REFUSED", 0);
    }

    private KeyEncryptionKey open(String address, String key, Duration timeout) {
        var file = credentials();
        var config = new GoogleConfig() {
            @Override
            public String endpoint() {
                return address;
            }

            @Override
            public Optional<Path> credentialsFile() {
                return Optional.of(file);
            }
        };
        return new GoogleKms(config, VERTX, false, timeout).open(URI.create("gcp-kms://" + key));
    }

    /** A service account's key as Google hands it out, with a token server of ours. */
    private Path credentials() {
        var pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder()
                        .encodeToString(SERVICE_ACCOUNT.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
        var json = new JsonObject()
                .put("type", "service_account")
                .put("project_id", "acme")
                .put("private_key_id", "1")
                .put("private_key", pem)
                .put("client_email", "vault@acme.iam.gserviceaccount.com")
                .put("client_id", "1")
                .put("token_uri", address() + "/token");
        try {
            return Files.writeString(folder.resolve("credentials.json"), json.encode(), UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String body(String member, byte[] value) {
        return new JsonObject()
                .put(member, base64(value))
                .put(member + "Crc32c", FakeGoogleKms.crc(value))
                .put("additionalAuthenticatedData", base64(ALICE))
                .put("additionalAuthenticatedDataCrc32c", FakeGoogleKms.crc(ALICE))
                .encode();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static KeyPair keyPair() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

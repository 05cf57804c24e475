package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAssertionTest {

    private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
    private static final String TOKEN = "https://acme.example/token";

    @ParameterizedTest
    @CsvSource({"EC,secp256r1,ES256", "RSA,2048,RS256"})
    void saysWhoTheClientIsOnceAndForFiveMinutes(String algorithm, String parameter, String expected) throws Exception {
        var pair = pair(algorithm, parameter);
        var key = ClientKey.read(pem(pair), "key-1");

        String first = ClientAssertion.sign("client", key, TOKEN, NOW);
        String second = ClientAssertion.sign("client", key, TOKEN, NOW);

        var signed = verified(first, pair);
        JwtClaims claims = JwtClaims.parse(signed.getPayload());
        assertThat(signed.getAlgorithmHeaderValue()).isEqualTo(expected);
        assertThat(signed.getKeyIdHeaderValue()).isEqualTo("key-1");
        assertThat(claims.getIssuer()).isEqualTo("client");
        assertThat(claims.getSubject()).isEqualTo("client");
        assertThat(claims.getAudience()).containsExactly(TOKEN);
        assertThat(claims.getIssuedAt().getValue()).isEqualTo(NOW.getEpochSecond());
        assertThat(claims.getExpirationTime().getValue())
                .isEqualTo(NOW.plusSeconds(300).getEpochSecond());
        assertThat(claims.getJwtId())
                .hasSizeGreaterThanOrEqualTo(16)
                .isNotEqualTo(
                        JwtClaims.parse(verified(second, pair).getPayload()).getJwtId());
    }

    @Test
    void goesIntoTheBodyInPlaceOfASecret() throws Exception {
        var pair = pair("EC", "secp256r1");
        try (var provider = new ScriptedProvider()) {
            provider.on(TOKEN, 200, "{\"access_token\":\"at\"}");
            var endpoint = new TokenEndpoint(provider.egress, new TestLimits(), provider.clock);
            var client = new ClientCredentials("client", Secret.of("unused"), ClientKey.read(pem(pair), null), null);
            var settings = TestSettings.with("{\"token_auth\":\"private_key_jwt\"}");

            assertThat(Emulated.await(endpoint.clientCredentials(settings, client, List.of("a", "b"))))
                    .isInstanceOf(TokenAnswer.Granted.class);

            var request = provider.seen().getFirst();
            Map<String, String> form = Emulated.query("https://x.example?" + request.body());
            assertThat(request.headers()).doesNotContainKey("Authorization");
            assertThat(form)
                    .containsOnlyKeys("grant_type", "scope", "client_id", "client_assertion_type", "client_assertion")
                    .containsEntry("grant_type", "client_credentials")
                    .containsEntry("scope", "a b")
                    .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
            verified(form.get("client_assertion"), pair);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "secret-text",
                "-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----\n=A\n-----END PRIVATE KEY-----"
            })
    void isNotMadeWithWhatIsNoKey(String pem) {
        assertThatThrownBy(() -> ClientKey.read(pem, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The client's private key cannot be used")
                .message()
                .doesNotContain("secret-text", "AAAA");
    }

    @ParameterizedTest
    @CsvSource({"EC,secp384r1", "RSA,1024"})
    void isNotMadeWithAKeyThatItsAlgorithmDoesNotTake(String algorithm, String parameter) throws Exception {
        String pem = pem(pair(algorithm, parameter));
        assertThatThrownBy(() -> ClientKey.read(pem, null)).hasMessageContaining("P-256", "2048");
    }

    private static JsonWebSignature verified(String assertion, KeyPair pair) throws Exception {
        var signed = new JsonWebSignature();
        signed.setCompactSerialization(assertion);
        signed.setKey(pair.getPublic());
        assertThat(signed.verifySignature()).isTrue();
        return signed;
    }

    private static KeyPair pair(String algorithm, String parameter) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (algorithm.equals("EC")) {
            generator.initialize(new ECGenParameterSpec(parameter));
        } else {
            generator.initialize(Integer.parseInt(parameter));
        }
        return generator.generateKeyPair();
    }

    private static String pem(KeyPair pair) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}

package io.flowmaestro.connections.oauth.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigInteger;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SigningKeysTest {

    private record Given(String secret, int clientKey) implements McpConfig {
        @Override
        public Optional<String> clientMetadataUrl() {
            return Optional.empty();
        }
    }

    private static SigningKeys keys(String secret, int number) {
        return new SigningKeys(new Given(secret, number));
    }

    private static PublicKey publicKey(JsonNode key) throws Exception {
        var point = new ECPoint(coordinate(key.path("x")), coordinate(key.path("y")));
        return KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(point, P256.PARAMETERS));
    }

    private static BigInteger coordinate(JsonNode text) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(text.textValue()));
    }

    @Test
    void publishTheKeyThatVerifiesWhatTheySign() throws Exception {
        for (int number = 1; number <= 8; number++) {
            var keys = keys("a secret", number);
            var signer = Signature.getInstance("SHA256withECDSA");
            signer.initSign(keys.current().privateKey());
            signer.update((byte) number);
            byte[] signature = signer.sign();

            var published = keys.published().path("keys").get(0);
            var verifier = Signature.getInstance("SHA256withECDSA");
            verifier.initVerify(publicKey(published));
            verifier.update((byte) number);
            assertThat(verifier.verify(signature)).isTrue();
            assertThat(published.path("kid").asText()).isEqualTo(keys.current().id());
            assertThat(Base64.getUrlDecoder().decode(published.path("x").asText()))
                    .hasSize(32);
        }
    }

    @Test
    void areTheSameOnEveryReplicaAndOthersWithAnotherSecret() {
        assertThat(keys("a", 1).published()).isEqualTo(keys("a", 1).published());
        assertThat(keys("a", 1).published()).isNotEqualTo(keys("b", 1).published());
    }

    @Test
    void keepPublishingTheFormerOneAfterARotation() {
        var before = keys("a", 1).published().path("keys").get(0);
        var after = keys("a", 2).published().path("keys");
        assertThat(after).hasSize(2);
        assertThat(after.get(0)).isNotEqualTo(before);
        assertThat(after.get(1)).isEqualTo(before);
    }

    /** Known answers: the generator itself for one, nothing for the order, and its double. */
    @Test
    void multiplyTheGeneratorAsTheCurveHasIt() {
        var generator = P256.PARAMETERS.getGenerator();
        assertThat(P256.multiplied(BigInteger.ONE)).isEqualTo(generator);
        assertThat(P256.multiplied(P256.PARAMETERS.getOrder())).isEqualTo(ECPoint.POINT_INFINITY);
        assertThat(P256.multiplied(BigInteger.TWO).getAffineX().toString(16))
                .isEqualTo("7cf27b188d034f7e8a52380304b51ac3c08969e277f21b35a60b48fc47669978");
    }
}

package io.flowmaestro.connections.vault.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's AES-GCM cases, through the path that production takes: envelope reader, then primitive. */
class WycheproofTest {

    /** The file lives beside the project, not in it; {@code -Dwycheproof.aes-gcm=<file>} names another place. */
    private static final Path FILE =
            Path.of(System.getProperty("wycheproof.aes-gcm", "../../shared/facts/wycheproof/aes_gcm_test.json"));

    private static final KeyVersion ANY_KEY = new KeyVersion(UUID.randomUUID(), 1);

    private record Vector(JsonNode group, JsonNode test) {

        boolean isOurs() {
            return group.get("keySize").intValue() == 256
                    && group.get("ivSize").intValue() == 96
                    && group.get("tagSize").intValue() == 128;
        }

        boolean isValid() {
            return "valid".equals(test.get("result").textValue());
        }

        byte[] field(String name) {
            return HexFormat.of().parseHex(test.get(name).textValue());
        }

        byte[] open() {
            var envelope = EnvelopeFormat.read(JsonNodeFactory.instance
                    .objectNode()
                    .put("format", 1)
                    .put("key_id", ANY_KEY.keyId().toString())
                    .put("key_version", ANY_KEY.version())
                    .put("nonce", Base64.getEncoder().encodeToString(field("iv")))
                    .put("ciphertext", Base64.getEncoder().encodeToString(field("ct")))
                    .put("tag", Base64.getEncoder().encodeToString(field("tag"))));
            return Aes256Gcm.of(field("key")).open(envelope.sealed().toByteArray(), field("aad"));
        }
    }

    private static final List<Vector> VECTORS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        assumeThat(FILE)
                .as("the vectors are at %s; name their place with -Dwycheproof.aes-gcm=<file>", FILE)
                .exists();
        for (var group : new ObjectMapper().readTree(Files.readString(FILE)).get("testGroups")) {
            group.get("tests").forEach(test -> VECTORS.add(new Vector(group, test)));
        }
    }

    @Test
    void answersTheCasesOfOurParametersAsExpected() {
        var ours = VECTORS.stream().filter(Vector::isOurs).toList();
        assertThat(ours).hasSize(66).anyMatch(Vector::isValid).anyMatch(vector -> !vector.isValid());
        for (var vector : ours) {
            if (vector.isValid()) {
                assertThat(vector.open()).as("%s", vector.test()).isEqualTo(vector.field("msg"));
            } else {
                assertThatThrownBy(vector::open).as("%s", vector.test()).isInstanceOf(DecryptionFailed.class);
            }
        }
    }

    @Test
    void refusesTheCasesOfAllOtherParameters() {
        var others = VECTORS.stream().filter(vector -> !vector.isOurs()).toList();
        assertThat(others).hasSize(250);
        for (var vector : others) {
            assertThatThrownBy(vector::open)
                    .as("%s", vector.test())
                    .isInstanceOfAny(DecryptionFailed.class, IllegalArgumentException.class);
        }
    }
}

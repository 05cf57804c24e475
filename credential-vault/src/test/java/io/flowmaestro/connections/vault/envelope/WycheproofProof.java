package io.flowmaestro.connections.vault.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Project Wycheproof's AES-GCM cases, through the path that production takes: envelope reader, then primitive. */
class WycheproofProof {

    /** The file lives beside the project, not in it; {@code -Dwycheproof.aes-gcm=<file>} names another place. */
    private static final Path FILE =
            Path.of(System.getProperty("wycheproof.aes-gcm", "../../shared/facts/wycheproof/aes_gcm_test.json"));

    private static final String MISSING = "Wycheproof's aes_gcm_test.json is not at "
            + FILE.toAbsolutePath().normalize() + "; name its place with -Dwycheproof.aes-gcm=<file>";

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

        boolean opens() {
            try {
                open();
                return true;
            } catch (DecryptionFailed | IllegalArgumentException refused) {
                return false;
            }
        }
    }

    private static final List<Vector> VECTORS = new ArrayList<>();

    @BeforeAll
    static void read() throws IOException {
        if (Files.exists(FILE)) {
            for (var group : new ObjectMapper().readTree(Files.readString(FILE)).get("testGroups")) {
                group.get("tests").forEach(test -> VECTORS.add(new Vector(group, test)));
            }
        }
    }

    @BeforeEach
    void haveTheVectors() {
        assumeThat(Files.exists(FILE) || Proof.isDemanded()).as(MISSING).isTrue();
        assertThat(FILE).as(MISSING).exists();
    }

    @Test
    void answersTheCasesOfOurParametersAsExpected() {
        var ours = VECTORS.stream().filter(Vector::isOurs).toList();
        Proof.of("vault.wycheproof-ours")
                .figure("tried", ours.size())
                .figure("valid", ours.stream().filter(Vector::isValid).count())
                .figure(
                        "wrongly_answered",
                        ours.stream()
                                .filter(vector -> vector.opens() != vector.isValid())
                                .count())
                .print();
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
        Proof.of("vault.wycheproof-others")
                .figure("tried", others.size())
                .figure("accepted", others.stream().filter(Vector::opens).count())
                .print();
        assertThat(others).hasSize(250);
        for (var vector : others) {
            assertThatThrownBy(vector::open)
                    .as("%s", vector.test())
                    .isInstanceOfAny(DecryptionFailed.class, IllegalArgumentException.class);
        }
    }
}

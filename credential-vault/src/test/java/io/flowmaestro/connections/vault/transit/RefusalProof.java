package io.flowmaestro.connections.vault.transit;

import static io.flowmaestro.connections.vault.transit.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A caller cannot tell one refusal to decrypt from another. 50 changed records a round, over HTTP. */
@QuarkusTest
class RefusalProof extends VaultTest {

    private static final String PLAINTEXT = "{\"api_key\":\"sk-1\"}";
    private static final List<String> BYTES = List.of("nonce", "ciphertext", "tag");

    private record Attempt(UUID user, UUID connection, Map<String, Object> envelope) {}

    private final UUID alice = UUID.randomUUID();
    private final UUID bob = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();
    private Map<String, Object> envelope;
    private Map<String, Object> other;
    private Map<String, Object> former;
    private Map<String, Object> bobs;

    @BeforeEach
    void seal() {
        former = Calls.sealed(alice, connection, PLAINTEXT);
        Calls.asAdmin().post("/internal/users/{user}/keys/rotate", alice).then().statusCode(200);
        envelope = Calls.sealed(alice, connection, PLAINTEXT);
        other = Calls.sealed(alice, UUID.randomUUID(), PLAINTEXT);
        bobs = Calls.sealed(bob, connection, PLAINTEXT);
        for (var good : List.of(envelope, former)) {
            Calls.decrypt(alice, connection, good).then().statusCode(200);
        }
    }

    @Test
    void allAnswersAreTheSameButForTheTrace() {
        var proof = Proof.of("vault.refusals-over-http");
        var random = proof.random();
        var tried = proof.times(5_000, 50);
        var accepted = 0;
        Set<Map<String, Object>> answers = new HashSet<>();
        for (int i = 0; i < tried; i++) {
            var attempt = attempt(i, random);
            var response = Calls.decrypt(attempt.user(), attempt.connection(), attempt.envelope());
            accepted += response.statusCode() == 200 ? 1 : 0;
            var answer = new HashMap<String, Object>(response.jsonPath().getMap(""));
            answer.remove("trace_id");
            answers.add(answer);
        }
        proof.figure("tried", tried)
                .figure("accepted", accepted)
                .figure("different_answers", answers.size())
                .print();

        assertThat(accepted).isZero();
        assertThat(answers)
                .singleElement()
                .satisfies(answer ->
                        assertThat(answer).containsEntry("status", 422).containsEntry("code", "decryption-failed"));
    }

    private Attempt attempt(int number, RandomGenerator random) {
        return switch (number % 10) {
            case 0 -> new Attempt(bob, connection, envelope);
            case 1 -> new Attempt(alice, UUID.randomUUID(), envelope);
            case 2 -> new Attempt(alice, connection, bobs);
            case 3 -> new Attempt(alice, connection, with(envelope, "key_version", former.get("key_version")));
            case 4 -> new Attempt(alice, connection, with(former, "key_version", envelope.get("key_version")));
            case 5 -> swapped(BYTES.get(random.nextInt(BYTES.size())));
            case 6 -> new Attempt(alice, connection, with(envelope, "key_id", bobs.get("key_id")));
            case 7 -> truncated(BYTES.get(random.nextInt(BYTES.size())), random);
            default -> flipped(BYTES.get(random.nextInt(BYTES.size())), random);
        };
    }

    private Attempt swapped(String field) {
        return new Attempt(alice, connection, with(envelope, field, other.get(field)));
    }

    private Attempt truncated(String field, RandomGenerator random) {
        var text = (String) envelope.get(field);
        return new Attempt(alice, connection, with(envelope, field, text.substring(0, random.nextInt(text.length()))));
    }

    /** One bit of one byte of one field. */
    private Attempt flipped(String field, RandomGenerator random) {
        var bytes = Base64.getDecoder().decode((String) envelope.get(field));
        bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
        return new Attempt(
                alice, connection, with(envelope, field, Base64.getEncoder().encodeToString(bytes)));
    }
}

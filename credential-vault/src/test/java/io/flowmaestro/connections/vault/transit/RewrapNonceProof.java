package io.flowmaestro.connections.vault.transit;

import static io.flowmaestro.connections.vault.transit.Calls.as;
import static io.flowmaestro.connections.vault.transit.Calls.item;
import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** One record rewrapped over and over, 1,000 times a round, as the registry does it: over HTTP, 100 at once. */
@QuarkusTest
class RewrapNonceProof extends VaultTest {

    private static final int BATCHES_A_ROUND = 10;

    private final UUID alice = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();

    @Test
    void everyRewrapHasANonceOfItsOwn() {
        var proof = Proof.of("vault.rewrap-nonces");
        var before = Calls.sealed(alice, connection, "secret");
        Calls.asAdmin().post("/internal/users/{user}/keys/rotate", alice).then().statusCode(200);
        var nonces = new HashSet<String>();
        nonces.add((String) before.get("nonce"));
        var rewrapped = 0;
        for (int i = 0; i < proof.rounds() * BATCHES_A_ROUND; i++) {
            var fresh = rewrap(before);
            rewrapped += fresh.size();
            nonces.addAll(fresh);
        }
        var repeated = rewrapped + 1 - nonces.size();
        proof.figure("rewrapped", rewrapped).figure("repeated", repeated).print();

        assertThat(rewrapped).isEqualTo(proof.rounds() * BATCHES_A_ROUND * Batch.MAX_ITEMS);
        assertThat(repeated).isZero();
    }

    private List<String> rewrap(Map<String, Object> envelope) {
        var items = Collections.nCopies(Batch.MAX_ITEMS, item(connection, "envelope", envelope));
        return as("connection-registry", alice)
                .body(Map.of("items", items))
                .post("/internal/rewrap/batch")
                .then()
                .statusCode(200)
                .extract()
                .path("data.results.envelope.nonce");
    }
}

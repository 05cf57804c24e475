package io.flowmaestro.connections.registry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.quarkus.test.common.QuarkusTestResource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Each round sends one creation 64 times at once. */
@RegistryTest
@QuarkusTestResource(value = ProofSettings.class, restrictToAnnotatedClass = true)
class IdempotentCreateProof {

    private static final int DUPLICATES = 64;

    private final UUID user = UUID.randomUUID();
    private final List<Client> clients = new ArrayList<>();
    private long refused;
    private long made;
    private long ids;

    @Test
    void sixtyFourDuplicatesMakeOneConnection() throws Exception {
        var proof = Proof.of("registry.idempotent-create");
        Registry.peersThatWork();
        for (int i = 0; i < DUPLICATES; i++) {
            clients.add(new Client(user));
        }
        try (var threads = Executors.newFixedThreadPool(DUPLICATES)) {
            for (int round = 0; round < proof.rounds(); round++) {
                create(threads, UUID.randomUUID());
            }
        }
        for (Client client : clients) {
            client.close();
        }
        long rows = Tenants.count("select count(*) from registry.connections where user_id = '" + user + "'");
        long events = Tenants.count("select count(*) from registry.connection_events where user_id = '" + user + "'");
        proof.figure("keys", proof.rounds())
                .figure("requests", (long) proof.rounds() * DUPLICATES)
                .figure("answers_other_than_201", refused)
                .figure("told_as_made_now", made)
                .figure("ids_told", ids)
                .figure("rows", rows)
                .figure("events", events)
                .print();

        assertThat(refused).as("answers other than 201").isZero();
        assertThat(made).as("answers without Idempotency-Replayed").isEqualTo(proof.rounds());
        assertThat(ids).as("ids told").isEqualTo(proof.rounds());
        assertThat(rows).as("rows").isEqualTo(proof.rounds());
        assertThat(events).as("events").isEqualTo(proof.rounds());
    }

    private void create(ExecutorService threads, UUID key) throws Exception {
        var start = new CyclicBarrier(DUPLICATES);
        List<Callable<Answer>> calls = new ArrayList<>();
        for (Client client : clients) {
            calls.add(() -> {
                start.await();
                return client.send(
                        "POST", "/api/connections", "Idempotency-Key: " + key, Registry.apiKey("Once", "openai"));
            });
        }
        Set<String> told = new HashSet<>();
        for (Future<Answer> call : threads.invokeAll(calls)) {
            Answer answer = call.get();
            refused += answer.status() == 201 ? 0 : 1;
            made += answer.header("idempotency-replayed").isPresent() ? 0 : 1;
            told.add(Client.json(answer).at("/data/id").asText());
        }
        ids += told.size();
    }
}

package io.flowmaestro.connections.registry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.quarkus.test.common.QuarkusTestResource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sixteen writers of one connection at the same time, each with keys of its own; one connection a round. */
@RegistryTest
@QuarkusTestResource(value = ProofSettings.class, restrictToAnnotatedClass = true)
class ConcurrentUpdatesProof {

    private static final int WRITERS = 16;
    private static final int KEYS = 5;

    private final UUID user = UUID.randomUUID();
    private final LongAdder won = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private final List<Client> clients = new ArrayList<>();
    private long missing;
    private long gaps;

    @BeforeEach
    void writers() {
        Registry.peersThatWork();
        for (int i = 0; i < WRITERS; i++) {
            clients.add(new Client(user));
        }
    }

    @AfterEach
    void leave() throws IOException {
        for (Client client : clients) {
            client.close();
        }
    }

    @Test
    void noUpdateThatWasToldToSucceedIsLostWithIfMatch() throws Exception {
        prove(Proof.of("registry.updates-with-if-match"), true);
        assertThat(lost.sum()).as("refused with 412 and repeated").isPositive();
    }

    @Test
    void mergesWithoutIfMatchLoseNothing() throws Exception {
        prove(Proof.of("registry.updates-without-if-match"), false);
        assertThat(lost.sum()).isZero();
    }

    private void prove(Proof proof, boolean binding) throws Exception {
        for (int round = 0; round < proof.rounds(); round++) {
            write(Registry.stored(user, "openai"), binding);
        }
        proof.figure("connections", proof.rounds())
                .figure("writers", WRITERS)
                .figure("won", won)
                .figure("lost_and_repeated", lost)
                .figure("keys_missing", missing)
                .figure("versions_or_events_missing", gaps)
                .print();

        assertThat(won.sum()).isEqualTo((long) proof.rounds() * WRITERS * KEYS);
        assertThat(missing).as("keys missing").isZero();
        assertThat(gaps).as("versions or events missing").isZero();
    }

    private void write(String connection, boolean binding) throws Exception {
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < WRITERS; i++) {
            int writer = i;
            writers.add(() -> {
                for (int key = 0; key < KEYS; key++) {
                    write(clients.get(writer), connection, "k" + writer + "_" + key, binding);
                }
                return null;
            });
        }
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            for (var writer : threads.invokeAll(writers)) {
                writer.get();
            }
        }
        JsonNode read = Client.json(clients.getFirst().get("/api/connections/" + connection))
                .get("data");
        for (int writer = 0; writer < WRITERS; writer++) {
            for (int key = 0; key < KEYS; key++) {
                missing += read.get("metadata").has("k" + writer + "_" + key) ? 0 : 1;
            }
        }
        gaps += Math.abs(1 + (long) WRITERS * KEYS - read.get("version").longValue());
        gaps += Math.abs(WRITERS * KEYS
                - Tenants.count(
                        "select count(*) from registry.connection_events where type = 'updated' and connection_id = '"
                                + connection + "'"));
    }

    private void write(Client client, String connection, String key, boolean binding) throws IOException {
        String path = "/api/connections/" + connection;
        String body = "{\"metadata\": {\"%s\": true}}".formatted(key);
        while (true) {
            String tag =
                    binding ? "If-Match: " + client.get(path).header("etag").orElseThrow() : "";
            Answer answer = client.send("PUT", path, tag, body);
            if (answer.status() == 200) {
                won.increment();
                return;
            }
            assertThat(answer.status()).as(answer.text()).isEqualTo(412);
            lost.increment();
        }
    }
}

package io.flowmaestro.connections.registry.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.quarkus.test.common.QuarkusTestResource;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** 1,000 requests a round, 2,000 at least, made after the OpenAPI document, right ones and wrong ones of every kind. */
@RegistryTest
@QuarkusTestResource(value = ProofSettings.class, restrictToAnnotatedClass = true)
class FuzzProof {

    private static final int REQUESTS = 100_000;
    private static final int LEAST = 2_000;

    /** From here on chance reaches everything, what takes a right id of a rare kind included. */
    private static final int ENOUGH = 20_000;

    private static final int IN_FLIGHT = 16;
    private static final int SHOWN = 40;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<String> failures = new ArrayList<>();
    private final Set<String> succeeded = ConcurrentHashMap.newKeySet();

    @Test
    void everyRequestGetsAnAnswerThatIsDocumentedAndTellsNothingOfTheInsides() throws Exception {
        var proof = Proof.of("registry.fuzz");
        ScriptedPeers.start();
        int total = proof.times(REQUESTS, LEAST);
        long seed = proof.random().nextLong();
        var people = new People(seed);
        var requests = new Requests(OpenApiDocument.read(), people, seed);
        var next = new AtomicInteger();
        try (var clients = Executors.newFixedThreadPool(IN_FLIGHT)) {
            Callable<Void> client = () -> {
                send(requests, people, next, total);
                return null;
            };
            for (var ended : clients.invokeAll(Collections.nCopies(IN_FLIGHT, client))) {
                ended.get();
            }
        }
        failures.forEach(System.out::println);
        counts.forEach(proof::figure);
        proof.figure("operations", requests.operations())
                .figure("operations_that_succeeded", succeeded.size())
                .figure("requests", total)
                .figure("failures", failures.size())
                .print();

        assertThat(failures).isEmpty();
        assertThat(succeeded)
                .as("operations that succeeded")
                .hasSizeGreaterThanOrEqualTo(total < ENOUGH ? requests.operations() / 2 : requests.operations());
        assertThat(counts)
                .as("answers of each kind")
                .containsKeys("answered_2xx", "answered_4xx", "answered_5xx_of_peers");
    }

    private void send(Requests requests, People people, AtomicInteger next, int total) throws IOException {
        try (var wire = new Wire(RestAssured.port, PATIENCE)) {
            for (int number = next.getAndIncrement(); number < total; number = next.getAndIncrement()) {
                if (number % 2_000 == 1_999) {
                    Registry.peers().resetRequests();
                }
                send(wire, requests.make(number), people);
            }
        }
    }

    private void send(Wire wire, FuzzRequest request, People people) {
        try {
            Answer answer = wire.send(request.bytes());
            people.known(request.user()).learn(request.operation(), answer);
            var faults = Judge.faults(request, answer);
            count(kind(answer, faults.isEmpty()));
            if (answer.status() < 300) {
                succeeded.add(request.operation().toString());
            }
            faults.forEach(fault -> failed(
                    fault.name().toLowerCase(Locale.ROOT),
                    request,
                    answer.status() + " " + answer.headers() + " " + FuzzRequest.visible(answer.text(), 1500)));
        } catch (SocketTimeoutException hang) {
            failed("hangs", request, "no answer within " + PATIENCE.toSeconds() + " s");
        } catch (IOException | RuntimeException failure) {
            failed("dropped", request, failure.toString());
        }
    }

    private static String kind(Answer answer, boolean good) {
        if (good && Judge.isBare(answer)) {
            return "refused_by_the_http_layer";
        }
        return "answered_" + answer.status() / 100 + "xx" + (good && answer.status() >= 500 ? "_of_peers" : "");
    }

    private synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    private synchronized void failed(String what, FuzzRequest request, String answer) {
        count(what);
        if (failures.size() < SHOWN * 10) {
            failures.add(what + ": " + request + " -> " + answer);
        }
    }
}

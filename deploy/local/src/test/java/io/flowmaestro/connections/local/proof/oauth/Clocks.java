package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Three replicas of which one is ten minutes ahead and one ten minutes behind, by libfaketime: nothing in the broker knows of it. */
final class Clocks {
    private static final String PROVIDER = "clock";
    private static final int CALLERS = 4;
    private static final List<String> SHIFTS = List.of("+600", "+0", "-600");
    private static final List<Path> LIBRARIES = Stream.of(
                    "/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1",
                    "/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1",
                    "/usr/lib64/faketime/libfaketime.so.1")
            .map(Path::of)
            .toList();

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final Map<String, Integer> others = new TreeMap<>();
    private int connections;
    private int refreshed;
    private int served;
    private int redeemedAgain;
    private int revoked;
    private int inactive;

    Clocks(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
    }

    void prove() throws Exception {
        var library = LIBRARIES.stream().filter(Files::exists).findFirst();
        if (Proof.isDemanded()) {
            assertThat(library)
                    .as("libfaketime, for example apt-get install faketime")
                    .isPresent();
        }
        assumeThat(library).as("libfaketime is not installed").isPresent();
        var brokers = brokers(library.orElseThrow());
        var rounds = proof.times(100, 5);
        // Ended for everybody; ended for the first only; due for the first only.
        for (var left : List.of(Duration.ofHours(-1), Duration.ofMinutes(8), Duration.ofMinutes(12))) {
            for (var held : stock.held(PROVIDER, rounds, left)) {
                ask(brokers, held);
            }
        }
        proof.figure("shifts_s", SHIFTS)
                .figure("connections", connections)
                .figure("refreshed", refreshed)
                .figure("callers_served", served)
                .figure("other_answers", others)
                .figure("refresh_tokens_redeemed_again", redeemedAgain)
                .figure("families_revoked", revoked)
                .figure("status_changed", inactive)
                .print();

        assertThat(others).isEmpty();
        assertThat(served).isEqualTo(connections * SHIFTS.size() * CALLERS);
        assertThat(refreshed).as("all, for by the first clock all are due").isEqualTo(connections);
        assertThat(redeemedAgain).isZero();
        assertThat(revoked).isZero();
        assertThat(inactive).isZero();
    }

    private List<Broker> brokers(Path library) throws Exception {
        var environments = new ArrayList<Map<String, String>>();
        for (var shift : SHIFTS) {
            // The clock that waits are measured by stays as it is; so does how the library waits on it.
            environments.add(Map.of(
                    "LD_PRELOAD",
                    library.toString(),
                    "FAKETIME",
                    shift,
                    "FAKETIME_DONT_FAKE_MONOTONIC",
                    "1",
                    "FAKETIME_FORCE_MONOTONIC_FIX",
                    "0"));
        }
        return system.brokers(environments);
    }

    private void ask(List<Broker> brokers, Held held) throws Exception {
        var answers = new ArrayList<Future<Given>>();
        brokers.forEach(broker -> answers.addAll(system.callers().ask(broker, held, CALLERS)));
        for (var given : Callers.await(answers)) {
            if (held.family().accepts(given.accessToken())) {
                served++;
            } else {
                others.merge(given.code(), 1, Integer::sum);
            }
        }
        connections++;
        refreshed += held.family().issued().size() == 2 ? 1 : 0;
        redeemedAgain += held.family().mostRedemptions() > 1 ? 1 : 0;
        revoked += held.family().revoked() ? 1 : 0;
        inactive += stock.row(held).status().equals("active") ? 0 : 1;
    }
}

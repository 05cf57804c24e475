package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.proof.Proof;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The registry stands still (SIGSTOP) while users come back from the provider, until the broker has given up each of its tries;
 * the requests are in the registry's sockets when it wakes. Half of the users connect anew, half connect again. In a full run
 * the broker is killed meanwhile every second time.
 */
final class SignIns {
    private static final String PROVIDER = "granted";
    private static final int AT_ONCE = 10;
    /** One try of four, so that a volley is over in seconds. */
    private static final Map<String, String> IMPATIENT =
            Map.of("QUARKUS_REST_CLIENT_CONNECTION_REGISTRY_READ_TIMEOUT", "1000");

    private static final Duration BEFORE_THE_KILL = Duration.ofSeconds(3);
    /** A killed broker's grants are its own for two minutes. */
    private static final Duration LONGEST = Duration.ofMinutes(3);

    private static final String PENDING = "select count(*) from oauth.pending_grants where provider = ?";
    private static final String MADE =
            "select id from registry.connections where provider = ? and user_id = ? and name <> 'proof'";

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final UUID alice;
    private final List<Flows.Begun> begun = new ArrayList<>();
    private final List<Held> renewed = new ArrayList<>();
    private final Map<String, Integer> told = new TreeMap<>();
    private int kills;

    SignIns(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
        this.alice = system.userId(Account.ALICE);
    }

    void prove() throws Exception {
        var broker = system.brokers(List.of(IMPATIENT)).getFirst();
        var flows = new Flows(system, broker);
        var each = Math.min(AT_ONCE, proof.times(AT_ONCE, 2));
        var exchangesBefore = script().exchanges.sum();
        for (int i = 0; i < proof.times(10, 1); i++) {
            volley(broker, flows, each, i % 2 == 1);
        }
        settle();

        var families = new HashSet<Family>();
        for (var id : made()) {
            families.add(familyOf(id));
        }
        var connectedAnew = families.size();
        for (var held : renewed) {
            families.add(familyOf(held.id()));
        }
        renewed.forEach(held -> families.remove(held.family()));
        var dead = families.stream().filter(Family::revoked).count();
        var succeeded = 0;
        for (var flow : begun) {
            succeeded += flows.status(Account.ALICE, flow.flow()).equals("succeeded") ? 1 : 0;
        }
        proof.figure("sign_ins", begun.size())
                .figure("answers", told)
                .figure("brokers_killed", kills)
                .figure("grants_of_the_provider", script().exchanges.sum() - exchangesBefore)
                .figure("grants_stored", families.size())
                .figure("stored_and_revoked", dead)
                .figure("connections_made", made().size())
                .figure("flows_succeeded", succeeded)
                .print();

        assertThat(script().exchanges.sum() - exchangesBefore).isEqualTo(begun.size());
        assertThat(families).hasSameSizeAs(begun);
        assertThat(dead).isZero();
        assertThat(made()).hasSize(begun.size() - renewed.size()).hasSize(connectedAnew);
        assertThat(succeeded).isEqualTo(begun.size());
        assertThat(told.keySet()).isSubsetOf("504", "broken");
        assertThat(told.getOrDefault("504", 0)).isPositive();
    }

    private void volley(Broker broker, Flows flows, int each, boolean killed) throws Exception {
        var known = stock.heldBy(Account.ALICE, PROVIDER, each, Duration.ofHours(1));
        renewed.addAll(known);
        var now = new ArrayList<Flows.Begun>();
        for (var held : known) {
            now.add(flows.begin(Account.ALICE, PROVIDER));
            now.add(flows.begin(
                    Account.ALICE, PROVIDER, Map.of("connection_id", held.id().toString())));
        }
        begun.addAll(now);
        system.freezeRegistry();
        try (var browsers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = now.stream()
                    .map(flow -> browsers.submit((Callable<CallbackAnswer>) () -> flows.send(flow.callback())))
                    .toList();
            if (killed) {
                Thread.sleep(BEFORE_THE_KILL);
                broker.kill();
                kills++;
            }
            for (var answer : answers) {
                told.merge(status(answer), 1, Integer::sum);
            }
        } finally {
            system.thawRegistry();
        }
        if (killed) {
            broker.start().ready();
        }
    }

    private static String status(Future<CallbackAnswer> answer) throws InterruptedException {
        try {
            return String.valueOf(answer.get().status());
        } catch (ExecutionException broken) {
            return "broken";
        }
    }

    private void settle() throws Exception {
        var deadline = System.nanoTime() + LONGEST.toNanos();
        while (pending() > 0 && System.nanoTime() < deadline) {
            Thread.sleep(500);
        }
        assertThat(pending()).as("grants that are not settled").isZero();
    }

    private int pending() throws SQLException {
        try (var sql = system.sql();
                var query = sql.prepareStatement(PENDING)) {
            query.setString(1, PROVIDER);
            var rows = query.executeQuery();
            rows.next();
            return rows.getInt(1);
        }
    }

    private Set<UUID> made() throws SQLException {
        try (var sql = system.sql();
                var query = sql.prepareStatement(MADE)) {
            query.setString(1, PROVIDER);
            query.setObject(2, alice);
            var rows = query.executeQuery();
            var ids = new HashSet<UUID>();
            while (rows.next()) {
                ids.add(rows.getObject(1, UUID.class));
            }
            return ids;
        }
    }

    private Family familyOf(UUID id) throws Exception {
        return system.provider().familyOf(stock.tokens(alice, id).refreshToken());
    }

    private Script script() {
        return system.provider().script(PROVIDER);
    }
}

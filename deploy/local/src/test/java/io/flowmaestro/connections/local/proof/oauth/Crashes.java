package io.flowmaestro.connections.local.proof.oauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** SIGKILL at each step of a refresh, on many connections at once, by providers with and without a grace for reuse. */
final class Crashes {
    private static final Duration GRACE = Duration.ofSeconds(30);
    /** Connections of each provider that one kill serves. */
    private static final int AT_ONCE = 25;

    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final int MOST_VOLLEYS = 20;
    /** Refreshes of a process that was just started, so that the next ones come to their point in time. */
    private static final int WARM_UP = 20;

    private static final String LOST = "connections_oauth_refresh_lost_total";

    private final OAuthSystem system;
    private final Proof proof;
    private final Stock stock;
    private final Map<CrashPoint, Verdicts> verdicts = new LinkedHashMap<>();
    private int kills;
    private int counted;
    private Broker victim;
    private Broker survivor;

    Crashes(OAuthSystem system, Proof proof) {
        this.system = system;
        this.proof = proof;
        this.stock = new Stock(system);
    }

    void prove() throws Exception {
        var brokers = system.brokers(2, Timing.SHORT);
        victim = brokers.getFirst();
        survivor = brokers.getLast();
        system.provider().script("crash-grace").grace = GRACE;
        var trials = 2 * proof.times(100, 4);
        for (var point : CrashPoint.values()) {
            var verdict = new Verdicts(stock);
            verdicts.put(point, verdict);
            for (int volleys = 0; verdict.trials() < trials && volleys < MOST_VOLLEYS; volleys++) {
                crash(point, Math.min(AT_ONCE, Math.max(2, (trials - verdict.trials() + 1) / 2)));
            }
        }
        var all = verdicts.values();
        var unrecoverable = all.stream().mapToInt(Verdicts::unrecoverable).sum();
        proof.figure("points", CrashPoint.values().length)
                .figure("kills", kills)
                .figure("trials", perPoint(Verdicts::trials))
                .figure(
                        "serve_new_tokens",
                        all.stream().mapToInt(Verdicts::newest).sum())
                .figure("redeemed_again", perPoint(Verdicts::redeemedAgain))
                .figure("unrecoverable_and_said_so", perPoint(Verdicts::unrecoverable))
                .figure("counted_by_the_brokers", counted)
                .figure("lost", perPoint(each -> each.lost().size()))
                .print();

        assertThat(all.stream().flatMap(each -> each.lost().stream()).toList()).isEmpty();
        assertThat(all).allMatch(each -> each.trials() >= trials);
        assertThat(counted).as("by connections.oauth.refresh.lost").isEqualTo(unrecoverable);
    }

    private interface Figure {
        int of(Verdicts verdicts);
    }

    private Map<String, Integer> perPoint(Figure figure) {
        var some = new LinkedHashMap<String, Integer>();
        verdicts.forEach((point, those) -> {
            if (figure.of(those) > 0) {
                some.put(point.name().toLowerCase(java.util.Locale.ROOT), figure.of(those));
            }
        });
        return some;
    }

    private void crash(CrashPoint point, int each) throws Exception {
        var strict = system.provider().script("crash-strict");
        var graceful = system.provider().script("crash-grace");
        var scripts = List.of(strict, graceful);
        var connections = new ArrayList<>(stock.expired("crash-strict", each));
        connections.addAll(stock.expired("crash-grace", each));
        point.arm(victim, scripts);
        connections.forEach(held -> system.callers().ask(victim, held));
        var reached = point.reached(victim, scripts, connections.size());
        victim.kill();
        kills++;
        scripts.forEach(script -> script.answers.drop());
        victim.start();
        var heir = kills % 2 == 0 ? survivor : victim.ready();
        var before = heir.counter(LOST);
        var answers = new Settling(system.callers(), LONGEST).settle(heir, connections);
        counted += heir.counter(LOST) - before;
        for (var script : scripts) {
            var those = connections.stream()
                    .filter(held -> system.provider().script(held.provider()) == script)
                    .filter(held -> isIn(reached, held))
                    .toList();
            verdicts.get(point).judge(only(answers, those), point.answer(script.grace));
        }
        victim.ready();
        new Settling(system.callers(), LONGEST).settle(victim, stock.expired("changes", WARM_UP));
    }

    /** Another may have been killed at any point before, so nothing can be said of it. */
    private static boolean isIn(Set<String> reached, Held held) {
        return reached == CrashPoint.ALL
                || reached.contains(held.id().toString())
                || reached.contains(held.family().id());
    }

    private static Map<Held, Given> only(Map<Held, Given> answers, List<Held> those) {
        var some = new LinkedHashMap<Held, Given>();
        those.forEach(held -> some.put(held, answers.get(held)));
        return some;
    }
}

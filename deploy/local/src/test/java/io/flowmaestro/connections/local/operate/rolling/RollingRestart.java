package io.flowmaestro.connections.local.operate.rolling;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.operate.Outside;
import io.flowmaestro.connections.local.proof.mcp.Upstream;
import io.flowmaestro.connections.local.proof.oauth.Family;
import io.flowmaestro.connections.local.suite.Service;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Every replica is restarted, one after the other, while users list, workers get credentials and call tools, and tokens are renewed. */
final class RollingRestart {
    private static final JsonObject NOTHING = new JsonObject();
    /** Tokens are due after half of it. */
    private static final Duration LIFETIME = Duration.ofSeconds(20);

    private static final Duration PROVIDER = Duration.ofMillis(200);
    private static final Duration TOOL = Duration.ofMillis(150);
    private static final int GRANTS = 20;
    private static final Duration BETWEEN = Duration.ofSeconds(1);

    private final Proof proof;
    private final Path folder;

    RollingRestart(Proof proof, Path folder) {
        this.proof = proof;
        this.folder = folder;
    }

    /** A connection and its grant at the provider. */
    private record Granted(String id, Family family) {}

    void prove() throws Exception {
        // A machine of two processors is busy enough with eight, and a third of the load.
        boolean isLong = proof.rounds() >= 20;
        int replicas = isLong ? 3 : 2;
        int restarted = isLong ? replicas : 1;
        try (var outside = Outside.start(TOOL);
                var fleet = Fleet.start(folder, replicas, outside);
                var load = new Load(outside.vertx(), isLong ? 1 : 3)) {
            var script = outside.provider().script(Outside.PROVIDER);
            script.lifetime = LIFETIME;
            script.delay = PROVIDER;
            var grants = grants(fleet, outside);
            begin(load, fleet, outside, grants);
            var away = new HashMap<Service, Double>();
            for (var service : Service.values()) {
                for (int port : fleet.ports(service).subList(0, restarted)) {
                    Thread.sleep(BETWEEN);
                    away.merge(service, fleet.restart(service, port), Math::max);
                }
            }
            Thread.sleep(BETWEEN);
            load.end();
            judge(load, grants, replicas, restarted, away);
        }
    }

    private void judge(Load load, List<Granted> grants, int replicas, int restarted, Map<Service, Double> away) {
        var families = grants.stream().map(Granted::family).toList();
        int refreshes =
                families.stream().mapToInt(family -> family.issued().size() - 1).sum();
        long twice =
                families.stream().filter(family -> family.mostRedemptions() > 1).count();
        long revoked = families.stream().filter(Family::revoked).count();
        proof.figure("replicas", replicas)
                .figure("restarts", restarted * Service.values().length)
                .figure("answered", load.answered())
                .figure("failed", load.failed())
                .figure("longest_answer_ms", load.longestMillis())
                .figure(
                        "longest_restart_s",
                        "%.1f"
                                .formatted(away.values().stream()
                                        .mapToDouble(Double::doubleValue)
                                        .max()
                                        .orElseThrow()))
                .figure("refreshes_at_the_provider", refreshes)
                .figure("redeemed_twice", twice)
                .figure("families_revoked", revoked)
                .print();

        assertThat(load.failed()).isEmpty();
        assertThat(load.answered().values()).allMatch(count -> count > 0);
        assertThat(refreshes).isGreaterThanOrEqualTo(GRANTS / 2);
        assertThat(twice).isZero();
        assertThat(revoked).isZero();
    }

    private static void begin(Load load, Fleet fleet, Outside outside, List<Granted> grants) throws Exception {
        var alice = fleet.callers().id(Account.ALICE);
        var user = Map.of("Authorization", "Bearer " + fleet.callers().text(Account.ALICE));
        var worker = Map.of(
                "Authorization",
                "Bearer " + fleet.callers().text("worker"),
                "X-On-Behalf-Of",
                alice.toString(),
                "Content-Type",
                "application/json");
        int broker = fleet.inside(Service.OAUTH_BROKER);
        var key = create(fleet, "api_key", "house", new JsonObject().put("api_key", "kept-for-the-load"));
        var server = create(
                fleet,
                "mcp",
                "mcp",
                new JsonObject().put("server_url", outside.server().url()).put("auth_type", "none"));
        var tool = new JsonObject().put("parameters", NOTHING).encode();
        var turn = new AtomicInteger();
        load.begin("lists", 15, () -> new Load.Request(HttpMethod.GET, fleet.front(), "/api/connections", user, ""));
        load.begin(
                "credentials",
                15,
                () -> new Load.Request(HttpMethod.POST, broker, "/api/credentials/" + key, worker, ""));
        load.begin(
                "credentials that are renewed",
                10,
                () -> new Load.Request(
                        HttpMethod.POST,
                        broker,
                        "/api/credentials/"
                                + grants.get(turn.getAndIncrement() % GRANTS).id(),
                        worker,
                        ""));
        load.begin(
                "tool calls",
                10,
                () -> new Load.Request(
                        HttpMethod.POST,
                        fleet.front(),
                        "/api/mcp/" + server + "/tools/" + Upstream.TOOL,
                        worker,
                        tool));
        load.begin(
                "refreshes asked for",
                1,
                () -> new Load.Request(
                        HttpMethod.POST,
                        fleet.front(),
                        "/api/oauth/" + Outside.PROVIDER + "/refresh/"
                                + grants.get(turn.getAndIncrement() % GRANTS).id(),
                        user,
                        ""));
    }

    private static List<Granted> grants(Fleet fleet, Outside outside) throws Exception {
        var families =
                Stream.generate(() -> outside.provider().family()).limit(GRANTS).toList();
        var ids = new String[GRANTS];
        for (int i = 0; i < GRANTS; i++) {
            var pair = families.get(i).first();
            ids[i] = create(
                    fleet,
                    "oauth2",
                    Outside.PROVIDER,
                    new JsonObject()
                            .put("access_token", pair.accessToken())
                            .put("refresh_token", pair.refreshToken())
                            .put("expires_at", Instant.now().plus(LIFETIME).toEpochMilli()));
        }
        return IntStream.range(0, GRANTS)
                .mapToObj(i -> new Granted(ids[i], families.get(i)))
                .toList();
    }

    private static String create(Fleet fleet, String method, String provider, JsonObject data) throws Exception {
        var body = new JsonObject()
                .put("name", "under load")
                .put("connection_method", method)
                .put("provider", provider)
                .put("data", data);
        return fleet.callers()
                .user(Account.ALICE)
                .data(fleet.front(), "POST", "/api/connections", body)
                .getString("id");
    }
}

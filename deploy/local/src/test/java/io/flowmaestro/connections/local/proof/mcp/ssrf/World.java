package io.flowmaestro.connections.local.proof.mcp.ssrf;

import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Runs in a network of its own, where private, link-local and metadata addresses are this machine and have somebody who listens: the
 * gateway under production's rules of what may be called, beside its identity provider.
 */
final class World {
    static final String VALID_ADDRESS = "93.184.216.34";
    /** Those that the namespace gives to its loopback interface, besides 127.0.0.0/8 and ::1. */
    static final List<String> FORBIDDEN = List.of(
            "10.0.0.7",
            "172.16.5.4",
            "192.168.0.1",
            "100.64.0.1",
            "169.254.169.254",
            "198.18.0.1",
            "192.0.0.192",
            "fd00::7",
            "fd00:ec2::254",
            "64:ff9b::7f00:1",
            "2002:7f00:1::");

    private static final int GATEWAY = 4;
    private static final List<Integer> PORTS = List.of(22, 80, 443, 6379, 8080);
    private static final String VALID = "valid.example";
    private static final int VALID_EVERY = 25;
    private static final int SHORT_ROUND_TAKES_ONE_IN = 6;

    private final Parts parts;
    private final Names names;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, Integer> outcomes = new TreeMap<>();
    private final List<String> faults = new ArrayList<>();
    private String token = "";

    private World(Path folder, int firstPort) throws IOException {
        parts = new Parts(folder, firstPort);
        names = new Names(new InetSocketAddress("127.0.0.53", 53));
    }

    /** Ends with 1 when a promise does not hold. */
    public static void main(String[] arguments) throws Exception {
        var folder = Path.of(arguments[0]);
        var world = new World(folder, 20_000);
        boolean holds;
        try {
            holds = world.holds(folder);
        } finally {
            world.parts.close();
        }
        System.exit(holds ? 0 : 1);
    }

    private boolean holds(Path folder) throws Exception {
        var proof = Proof.of("mcp.ssrf");
        var addresses = new ArrayList<InetAddress>();
        addresses.add(InetAddress.getByName("127.0.0.1"));
        addresses.add(InetAddress.getByName("::1"));
        for (var forbidden : FORBIDDEN) {
            addresses.add(InetAddress.getByName(forbidden));
        }
        var forms = Proof.isDemanded() ? forms(addresses) : some(forms(addresses));
        try (var listeners = new Listeners(addresses, PORTS);
                var valid = ValidHost.listening(folder, VALID_ADDRESS, VALID)) {
            start(valid.truststore());
            token = parts.token(Account.ALICE);
            int validCalls = 0;
            for (int i = 0; i < forms.size(); i++) {
                if (i % VALID_EVERY == 0) {
                    expectSuccess("https://" + VALID + "/mcp");
                    validCalls++;
                }
                expectRefusal(forms.get(i));
            }
            int rebound = rebind(proof.times(50, 5));
            proof.figure("forms", forms.size())
                    .figure("rebinding_names", rebound)
                    .figure("listeners", listeners.size())
                    .figure("connections_seen", listeners.visits().size())
                    .figure("answers", outcomes)
                    .figure("name_questions", names.questions())
                    .figure("valid_calls", validCalls)
                    .figure("faults", faults.size())
                    .print();
            listeners.visits().stream().distinct().forEach(visit -> System.out.println("[ERROR]   seen at " + visit));
            faults.stream().limit(20).forEach(fault -> System.out.println("[ERROR]   " + fault));
            return faults.isEmpty() && listeners.visits().isEmpty();
        }
    }

    private void start(Path truststore) throws InterruptedException, IOException {
        parts.identityProvider();
        var gateway = parts.service(
                Service.MCP_GATEWAY,
                "mcp-gateway",
                parts.port(GATEWAY),
                Map.of(
                        // Production's rules for what may be called, and an identity provider on this machine.
                        "QUARKUS_PROFILE",
                        "prod,local",
                        "JAVA_TOOL_OPTIONS",
                        "-Djavax.net.ssl.trustStore=" + truststore + " -Djavax.net.ssl.trustStorePassword="
                                + ValidHost.PASSWORD + " -Dsun.net.inetaddr.ttl=0 -Dsun.net.inetaddr.negative.ttl=0"));
        awaitReady(gateway);
    }

    private void awaitReady(ChildProcess gateway) throws InterruptedException {
        var ready = HttpRequest.newBuilder(gatewayUrl("/q/health/ready")).build();
        var deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (!answers(ready)) {
            if (!gateway.alive()) {
                throw gateway.endedEarly("while starting");
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError("the gateway is not ready:\n" + gateway.lastLines());
            }
            Thread.sleep(50);
        }
    }

    private boolean answers(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private URI gatewayUrl(String path) {
        return URI.create("http://127.0.0.1:" + parts.port(GATEWAY) + path);
    }

    private static List<String> some(List<String> forms) {
        return IntStream.range(0, forms.size())
                .filter(index -> index % SHORT_ROUND_TAKES_ONE_IN == 0)
                .mapToObj(forms::get)
                .toList();
    }

    private List<String> forms(List<InetAddress> addresses) {
        List<String> forms = new ArrayList<>();
        int named = 0;
        var valid = List.of(address(VALID_ADDRESS));
        names.name(VALID, valid);
        for (var address : addresses) {
            for (var host : Forms.hosts(address)) {
                forms.add("https://" + host + "/mcp");
                forms.add("wss://" + host + ":443/mcp");
            }
            var both = List.of(valid.getFirst(), address);
            forms.add("https://" + names.name("at-" + named + ".example", List.of(address)) + "/mcp");
            forms.add("https://" + names.name("after-" + named + ".example", both) + "/mcp");
            forms.add("https://" + names.name("before-" + named + ".example", both.reversed()) + "/mcp");
            named++;
        }
        forms.addAll(Forms.confusing(VALID, "127.0.0.1"));
        forms.addAll(Forms.confusing(VALID, "169.254.169.254"));
        forms.addAll(List.of(
                "https://localhost/mcp",
                "https://LOCALHOST./mcp",
                "https://x.localhost/mcp",
                "https://0/mcp",
                "https://0.0.0.0/mcp",
                "https://[::]/mcp",
                "https://127.1.2.3/mcp",
                "https://224.0.0.1/mcp",
                "https://255.255.255.255/mcp"));
        return forms;
    }

    /** The name is the valid host's when it is looked at, and another's when it is called; or the other way round. */
    private int rebind(int times) throws Exception {
        var valid = List.of(address(VALID_ADDRESS));
        var loopback = List.of(address("127.0.0.1"));
        var metadata = List.of(address("169.254.169.254"));
        for (int i = 0; i < times; i++) {
            note(discover("https://" + names.name("once-" + i + ".valid.example", valid, loopback) + "/mcp"));
            note(discover("https://" + names.name("twice-" + i + ".valid.example", valid, valid, metadata) + "/mcp"));
            note(discover("https://" + names.name("then-" + i + ".valid.example", loopback, valid) + "/mcp"));
        }
        return 3 * times;
    }

    private static InetAddress address(String literal) {
        return InetAddress.ofLiteral(literal);
    }

    private void expectSuccess(String url) throws Exception {
        var outcome = discover(url);
        note(outcome);
        if (!outcome.startsWith("200")) {
            faults.add(url + " answered " + outcome);
        }
    }

    private void expectRefusal(String url) throws Exception {
        var outcome = discover(url);
        note(outcome);
        if (!outcome.startsWith("400") && !outcome.startsWith("422") && !outcome.startsWith("502")) {
            faults.add(url + " answered " + outcome);
        }
    }

    private void note(String outcome) {
        outcomes.merge(outcome, 1, Integer::sum);
    }

    private String discover(String url) throws Exception {
        var body = new JsonObject().put("server_url", url).put("auth", new JsonObject().put("auth_type", "none"));
        var request = HttpRequest.newBuilder(gatewayUrl("/api/connections/mcp/discover"))
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode()))
                .build();
        var answer = http.send(request, BodyHandlers.ofString());
        var code = answer.statusCode() < 400 ? "" : " " + new JsonObject(answer.body()).getString("code");
        return answer.statusCode() + code;
    }
}

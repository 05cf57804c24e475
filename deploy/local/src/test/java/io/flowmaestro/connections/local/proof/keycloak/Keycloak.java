package io.flowmaestro.connections.local.proof.keycloak;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Keycloak as a process, with one realm, in memory. */
final class Keycloak implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(180);

    private final Process process;
    private final HttpClient http;
    private final URI realm;

    private Keycloak(Process process, HttpClient http, int port) {
        this.process = process;
        this.http = http;
        this.realm = URI.create("http://127.0.0.1:" + port + "/realms/" + Realm.NAME);
    }

    /** Where the distribution was unpacked, if it was. */
    static Optional<Path> home() throws IOException {
        var folder = Path.of(System.getProperty("keycloak.folder", "target/keycloak"));
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(each -> Files.exists(each.resolve("bin/kc.sh")))
                    .findFirst();
        }
    }

    static Keycloak start(Path home, int port, Path log, JsonObject realm, HttpClient http) throws Exception {
        Files.createDirectories(home.resolve("data/import"));
        Files.writeString(home.resolve("data/import/realm.json"), realm.encode());
        var builder = new ProcessBuilder(List.of(
                        "sh",
                        home.resolve("bin/kc.sh").toString(),
                        "start-dev",
                        "--db=dev-mem",
                        "--http-host=127.0.0.1",
                        "--http-port=" + port,
                        "--cache=local",
                        "--import-realm"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        var keycloak = new Keycloak(builder.start(), http, port);
        try {
            keycloak.awaitReady(log);
            return keycloak;
        } catch (Exception | AssertionError failure) {
            keycloak.close();
            throw failure;
        }
    }

    private void awaitReady(Path log) throws IOException, InterruptedException {
        var deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                throw new AssertionError("Keycloak does not start:\n" + Files.readString(log));
            }
            Thread.sleep(200);
        }
    }

    private boolean answers() throws InterruptedException {
        try {
            var discovery = HttpRequest.newBuilder(URI.create(realm + "/.well-known/openid-configuration"))
                    .timeout(Duration.ofSeconds(5))
                    .build();
            return http.send(discovery, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    /** Its name in tokens. */
    String issuer() {
        return realm.toString();
    }

    /** What the token endpoint is under. */
    String protocol() {
        return realm + "/protocol/openid-connect";
    }

    /** A user's token for the suite. */
    String userToken() throws IOException, InterruptedException {
        return new JsonObject(token(Map.of(
                                "grant_type", "password",
                                "client_id", Realm.USER_INTERFACE,
                                "username", Realm.USER,
                                "password", Realm.PASSWORD,
                                "scope", "openid"))
                        .body())
                .getString("access_token");
    }

    /** A token request as anybody may send it. */
    HttpResponse<String> token(Map<String, String> form) throws IOException, InterruptedException {
        return http.send(post(URI.create(protocol() + "/token"), form).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Whether its API takes an access token. */
    boolean accepts(String accessToken) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(protocol() + "/userinfo"))
                .header("Authorization", "Bearer " + accessToken)
                .build();
        return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
    }

    static HttpRequest.Builder post(URI target, Map<String, String> form) {
        var body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return HttpRequest.newBuilder(target)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .timeout(Duration.ofSeconds(20))
                .POST(BodyPublishers.ofString(body));
    }

    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}

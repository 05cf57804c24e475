package io.flowmaestro.connections.local.proof.keycloak;

import io.flowmaestro.connections.local.ClientTokens;
import io.flowmaestro.connections.local.FreePorts;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.suite.Parts;
import io.flowmaestro.connections.local.suite.Service;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Vault, registry and two brokers whose issuer is Keycloak. */
final class KeycloakSuite implements AutoCloseable {
    static final String PROVIDER = "keycloak";
    private static final Duration START = Duration.ofSeconds(90);
    private static final int[] BROKERS = {3, 4};

    private final Parts parts;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final String clientSecret = UUID.randomUUID().toString();
    private Keycloak keycloak;

    private KeycloakSuite(Path folder) {
        parts = new Parts(folder.resolve("home"), FreePorts.ten());
    }

    static KeycloakSuite start(Path folder, Path distribution) throws Exception {
        var suite = new KeycloakSuite(folder);
        try {
            suite.begin(folder, distribution);
            return suite;
        } catch (Exception | AssertionError failure) {
            suite.close();
            throw failure;
        }
    }

    private void begin(Path folder, Path distribution) throws Exception {
        keycloak = Keycloak.start(
                distribution,
                parts.port(5),
                folder.resolve("keycloak.log"),
                Realm.of(parts.secrets(), clientSecret, redirectUri()),
                http);
        writeProviderFile();
        parts.postgres();
        parts.database("connections");
        awaitReady(service(Service.CREDENTIAL_VAULT, "credential-vault", 2), 2);
        awaitReady(service(Service.CONNECTION_REGISTRY, "connection-registry", 1), 1);
        for (int port : BROKERS) {
            awaitReady(service(Service.OAUTH_BROKER, "broker-" + port, port), port);
        }
    }

    private ChildProcess service(Service service, String name, int port) {
        Map<String, String> changes = new HashMap<>();
        changes.put("CONNECTIONS_ISSUER", keycloak.issuer());
        changes.put("KEYCLOAK_CLIENT_ID", Realm.CLIENT);
        changes.put("KEYCLOAK_CLIENT_SECRET", clientSecret);
        changes.put(
                "CONNECTIONS_JOURNAL_DIR",
                parts.home().root().resolve("journal-" + name).toString());
        return parts.service(service, name, parts.port(port), changes);
    }

    private void writeProviderFile() throws IOException {
        var folder = Files.createDirectories(parts.home().providers());
        Files.writeString(
                folder.resolve(PROVIDER + ".yaml"), """
                key: %1$s
                name: Keycloak
                category: developer
                methods:
                  oauth2:
                    authorize: %2$s/auth
                    token: %2$s/token
                    issuer: %3$s
                    authorization_response_iss_parameter_supported: true
                    revoke: {method: POST, url: %2$s/revoke}
                    default_scopes: [openid, email]
                    pkce: required
                    token_auth: basic
                    refresh: {rotates: true}
                    account: {method: GET, url: %2$s/userinfo, id: sub, name: email}
                """.formatted(PROVIDER, keycloak.protocol(), keycloak.issuer()));
    }

    private String redirectUri() {
        return "http://localhost:" + parts.port(0) + "/api/oauth/" + PROVIDER + "/callback";
    }

    private void awaitReady(ChildProcess process, int port) throws InterruptedException {
        var ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + parts.port(port) + "/q/health/ready"))
                .build();
        var deadline = System.nanoTime() + START.toNanos();
        while (!answers(ready)) {
            if (!process.alive()) {
                throw process.endedEarly("while starting");
            }
            if (System.nanoTime() > deadline) {
                throw new AssertionError(process.spec().name() + " is not ready:\n" + process.lastLines());
            }
            Thread.sleep(50);
        }
    }

    private boolean answers(HttpRequest request) throws InterruptedException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    Keycloak keycloak() {
        return keycloak;
    }

    HttpClient http() {
        return http;
    }

    String clientSecret() {
        return clientSecret;
    }

    List<URI> brokers() {
        return List.of(at(BROKERS[0]), at(BROKERS[1]));
    }

    URI vault() {
        return at(2);
    }

    URI registry() {
        return at(1);
    }

    private URI at(int port) {
        return URI.create("http://127.0.0.1:" + parts.port(port));
    }

    String serviceToken(String client) {
        return new ClientTokens(keycloak.protocol(), parts.secrets(), http).of(client);
    }

    Connection sql() throws SQLException {
        return parts.connect("connections");
    }

    @Override
    public void close() {
        parts.close();
        if (keycloak != null) {
            keycloak.close();
        }
        http.close();
    }
}

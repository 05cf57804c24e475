package io.flowmaestro.connections.local.isolation;

import io.flowmaestro.connections.local.ClientTokens;
import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.account.Tokens;
import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.postgres.EmbeddedPostgres;
import io.flowmaestro.connections.local.postgres.SuiteDatabase;
import io.flowmaestro.connections.local.suite.Ports;
import io.flowmaestro.connections.local.suite.Service;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/** A running suite from all its sides: the front door, the services behind it, the database, and everybody's tokens. */
final class SuiteAccess implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Ports ports;
    private final Secrets secrets;
    private final ClientTokens clients;

    SuiteAccess(Path home, int port) {
        ports = new Ports(port);
        secrets = new Secrets(new Home(home));
        clients = new ClientTokens(ports.issuer().toString(), secrets, http);
    }

    Ports ports() {
        return ports;
    }

    String token(Account account) {
        return new Tokens(ports.issuer(), ports.publicUrl(), secrets).of(account);
    }

    String clientToken(String client) {
        return clients.of(client);
    }

    /** Where callers of the operation send it: what is internal never passes the front door. */
    URI base(Operation operation) {
        return operation.isInternal() ? service(operation.service()) : ports.publicUrl();
    }

    URI service(Service service) {
        return URI.create("http://127.0.0.1:" + ports.of(service));
    }

    HttpResponse<String> send(Caller caller, String method, URI target, Optional<Object> body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(target).timeout(TIMEOUT);
        if (!caller.isAnonymous()) {
            request.header("Authorization", "Bearer " + caller.bearer());
        }
        caller.onBehalfOf().ifPresent(user -> request.header("X-On-Behalf-Of", user.toString()));
        body.ifPresent(_ -> request.header("Content-Type", "application/json"));
        request.method(
                method,
                body.map(json -> BodyPublishers.ofString(json.toString())).orElseGet(BodyPublishers::noBody));
        return http.send(request.build(), BodyHandlers.ofString());
    }

    /** The data of a success; anything else is an error of the test. */
    JsonObject data(Caller caller, String method, URI target, Optional<Object> body)
            throws IOException, InterruptedException {
        var answer = send(caller, method, target, body);
        if (answer.statusCode() >= 300) {
            throw new AssertionError(method + " " + target + " by " + caller + " answered " + answer.statusCode() + ": "
                    + answer.body());
        }
        return new JsonObject(answer.body()).getJsonObject("data");
    }

    Connection sql() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + ports.postgres() + "/" + SuiteDatabase.NAME,
                EmbeddedPostgres.SUPERUSER,
                secrets.superuserPassword());
    }

    @Override
    public void close() {
        http.close();
    }
}

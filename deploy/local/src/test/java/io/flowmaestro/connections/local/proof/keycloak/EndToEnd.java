package io.flowmaestro.connections.local.proof.keycloak;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.proof.Proof;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Connected, refreshed over and over by many callers, and in the end robbed of its refresh token. */
final class EndToEnd {
    private static final int CALLERS = 16;
    private static final Pattern FORM = Pattern.compile("action=\"([^\"]+)\"");
    /** Half of a token's life, after which it is due, and some. */
    private static final long UNTIL_DUE_MILLIS = Realm.ACCESS_TOKEN_SECONDS * 500L + 300;

    private final KeycloakSuite suite;
    private final Proof proof;
    private final String worker;
    private UUID user;
    private UUID connection;

    EndToEnd(KeycloakSuite suite, Proof proof) {
        this.suite = suite;
        this.proof = proof;
        this.worker = suite.serviceToken("worker");
    }

    void prove() throws Exception {
        connect();
        var rounds = proof.times(30, 3);
        var refused = 0;
        var seen = new HashSet<String>();
        for (int i = 0; i < rounds; i++) {
            for (var token : askAtOnce()) {
                seen.add(token);
                refused += suite.keycloak().accepts(token) ? 0 : 1;
            }
            Thread.sleep(UNTIL_DUE_MILLIS);
        }
        var stolen = refreshToken();
        var afterwards = askAtOnce().getFirst();
        var reused = redeem(stolen);
        Thread.sleep(UNTIL_DUE_MILLIS);
        var end = settled();
        proof.figure("rounds_of_refreshes", rounds)
                .figure("callers", CALLERS)
                .figure("tokens_seen", seen.size())
                .figure("tokens_refused", refused)
                .figure("stolen_token_answered", reused)
                .figure("then_the_connection_is", end)
                .print();

        assertThat(refused).isZero();
        assertThat(seen.size()).as("refreshes").isGreaterThanOrEqualTo(rounds);
        assertThat(afterwards).isNotEmpty();
        assertThat(reused).as("Keycloak notices the reuse").isEqualTo("400 invalid_grant");
        assertThat(end).startsWith("expired, ").contains("invalid_grant");
    }

    private void connect() throws Exception {
        var token = suite.keycloak().userToken();
        var claims = token.split("\\.")[1];
        user = UUID.fromString(new JsonObject(new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8))
                .getString("sub"));
        var broker = suite.brokers().getFirst();
        var begun = send(HttpRequest.newBuilder(broker.resolve("/api/oauth/" + KeycloakSuite.PROVIDER + "/authorize"))
                .header("Authorization", "Bearer " + token));
        assertThat(begun.statusCode()).as(begun.body()).isEqualTo(200);
        var flow = new JsonObject(begun.body()).getJsonObject("data");
        var cookie = begun.headers().firstValue("Set-Cookie").orElseThrow().split(";")[0];
        var redirect = consent(URI.create(flow.getString("auth_url")));
        var page = send(HttpRequest.newBuilder(broker.resolve(redirect.getRawPath() + "?" + redirect.getRawQuery()))
                .header("Cookie", cookie));
        assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
        var ended = send(HttpRequest.newBuilder(broker.resolve("/api/oauth/flows/" + flow.getString("flow_id")))
                .header("Authorization", "Bearer " + token));
        connection = UUID.fromString(
                new JsonObject(ended.body()).getJsonObject("data").getString("connection_id"));
    }

    /** Signs in at Keycloak's own page, and stops before the redirect URI is called. */
    private URI consent(URI authorization) throws IOException, InterruptedException {
        var login = send(HttpRequest.newBuilder(authorization));
        var form = FORM.matcher(login.body());
        assertThat(form.find()).as(login.body()).isTrue();
        var target = URI.create(form.group(1).replace("&amp;", "&"));
        // Its cookies are for https or a browser's idea of localhost; a cookie handler would keep them back.
        var cookies = login.headers().allValues("Set-Cookie").stream()
                .map(cookie -> cookie.split(";")[0])
                .collect(Collectors.joining("; "));
        var signedIn = send(Keycloak.post(target, Map.of("username", Realm.USER, "password", Realm.PASSWORD))
                .header("Cookie", cookies));
        return URI.create(signedIn.headers().firstValue("Location").orElseThrow());
    }

    /** Both brokers are asked by all callers; gives the tokens. */
    private ArrayList<String> askAtOnce() {
        var asked = new ArrayList<CompletableFuture<HttpResponse<String>>>();
        for (int i = 0; i < CALLERS; i++) {
            var broker = suite.brokers().get(i % 2);
            asked.add(suite.http().sendAsync(ask(broker).build(), HttpResponse.BodyHandlers.ofString()));
        }
        var tokens = new ArrayList<String>();
        for (var each : asked) {
            var answer = each.join();
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            tokens.add(new JsonObject(answer.body()).getJsonObject("data").getString("access_token"));
        }
        return tokens;
    }

    private HttpRequest.Builder ask(URI broker) {
        return HttpRequest.newBuilder(broker.resolve("/api/credentials/" + connection))
                .header("Authorization", "Bearer " + worker)
                .header("X-On-Behalf-Of", user.toString())
                .timeout(Duration.ofSeconds(60))
                .POST(BodyPublishers.noBody());
    }

    /** The one that is stored, opened by the vault. */
    private String refreshToken() throws Exception {
        String envelope;
        try (var sql = suite.sql();
                var select = sql.prepareStatement("select data::text from registry.connections where id = ?")) {
            select.setObject(1, connection);
            var rows = select.executeQuery();
            rows.next();
            envelope = rows.getString(1);
        }
        var body = new JsonObject()
                .put("connection_id", connection.toString())
                .put("purpose", "connection-data")
                .put("envelope", new JsonObject(envelope));
        var opened = send(HttpRequest.newBuilder(suite.vault().resolve("/internal/decrypt"))
                .header("Authorization", "Bearer " + suite.serviceToken("oauth-broker"))
                .header("X-On-Behalf-Of", user.toString())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.encode())));
        var plaintext = new JsonObject(opened.body()).getJsonObject("data").getString("plaintext");
        return new JsonObject(new String(Base64.getDecoder().decode(plaintext), StandardCharsets.UTF_8))
                .getString("refresh_token");
    }

    /** As a thief who also has the client's secret. */
    private String redeem(String refreshToken) throws IOException, InterruptedException {
        var answer = suite.keycloak()
                .token(Map.of(
                        "grant_type",
                        "refresh_token",
                        "refresh_token",
                        refreshToken,
                        "client_id",
                        Realm.CLIENT,
                        "client_secret",
                        suite.clientSecret()));
        return answer.statusCode() + " " + new JsonObject(answer.body()).getString("error", "");
    }

    /** What is left: the provider has ended the grant, and the connection has to say so. */
    private String settled() throws Exception {
        for (int i = 0; i < 20; i++) {
            send(ask(suite.brokers().getFirst()));
            try (var sql = suite.sql();
                    var select = sql.prepareStatement(
                            "select status || ', ' || coalesce(status_reason, '') from registry.connections where id = ?")) {
                select.setObject(1, connection);
                var rows = select.executeQuery();
                rows.next();
                if (!rows.getString(1).startsWith("active")) {
                    return rows.getString(1);
                }
            }
            Thread.sleep(500);
        }
        return "active";
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return suite.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
}

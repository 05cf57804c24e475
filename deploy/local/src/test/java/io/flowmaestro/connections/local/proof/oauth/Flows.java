package io.flowmaestro.connections.local.proof.oauth;

import io.flowmaestro.connections.local.account.Account;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Begins flows as users do, and sends callbacks as browsers do. */
final class Flows {
    static final String COOKIE = "connections_flow";

    private final OAuthSystem system;
    private final URI broker;
    private final Map<Account, String> tokens = new EnumMap<>(Account.class);

    Flows(OAuthSystem system, Broker broker) {
        this.system = system;
        this.broker = URI.create("http://127.0.0.1:" + broker.port());
        for (var account : List.of(Account.ALICE, Account.BOB)) {
            tokens.put(account, system.userToken(account));
        }
    }

    URI broker() {
        return broker;
    }

    /** A flow that waits for its callback, and the callback that would end it well. */
    record Begun(UUID flow, Callback callback) {}

    Begun begin(Account account, String provider, Map<String, String> query) throws IOException, InterruptedException {
        var parameters = query.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .toList();
        var request = HttpRequest.newBuilder(
                        broker.resolve("/api/oauth/" + provider + "/authorize?" + String.join("&", parameters)))
                .header("Authorization", "Bearer " + tokens.get(account))
                .timeout(Duration.ofSeconds(20))
                .build();
        var answer = system.http().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("authorize answered " + answer.statusCode() + ": " + answer.body());
        }
        var data = new JsonObject(answer.body()).getJsonObject("data");
        var state = new QueryStringDecoder(data.getString("auth_url"))
                .parameters()
                .get("state")
                .getFirst();
        var cookie = answer.headers().firstValue("Set-Cookie").orElseThrow();
        return new Begun(
                UUID.fromString(data.getString("flow_id")),
                new Callback(
                        provider,
                        List.of(
                                new Callback.Parameter("code", "code-" + UUID.randomUUID()),
                                new Callback.Parameter("state", state),
                                new Callback.Parameter("iss", system.provider().url(provider))),
                        Optional.of(cookie.substring(COOKIE.length() + 1, cookie.indexOf(';')))));
    }

    Begun begin(Account account, String provider) throws IOException, InterruptedException {
        return begin(account, provider, Map.of());
    }

    /** What the page that began a flow is told of it. */
    String status(Account account, UUID flow) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(broker.resolve("/api/oauth/flows/" + flow))
                .header("Authorization", "Bearer " + tokens.get(account))
                .timeout(Duration.ofSeconds(20))
                .build();
        var answer = system.http().send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new AssertionError("flows answered " + answer.statusCode() + ": " + answer.body());
        }
        return new JsonObject(answer.body()).getJsonObject("data").getString("status");
    }

    CallbackAnswer send(Callback callback) throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(URI.create(broker + callback.target())).timeout(Duration.ofSeconds(45));
        callback.browser().ifPresent(value -> request.header("Cookie", COOKIE + "=" + value));
        var answer = system.http().send(request.build(), HttpResponse.BodyHandlers.ofString());
        return new CallbackAnswer(answer.statusCode(), answer.headers(), answer.body());
    }
}

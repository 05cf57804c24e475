package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.worker.ClientCredentials.Client;
import io.flowmaestro.connections.worker.Retries.Repeat;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The issuer's token endpoint, found by its metadata (OpenID Connect Discovery 1.0). */
final class TokenEndpoint {

    /** Of a token whose answer does not say: short, so that little is lost when it lives longer. */
    private static final int UNSAID_LIFETIME_SECONDS = 60;

    private final URI issuer;
    private final Client client;
    private final Exchange exchange;
    private final Settings settings;
    private @Nullable Metadata metadata;

    TokenEndpoint(URI issuer, Client client, Exchange exchange, Settings settings) {
        this.issuer = issuer;
        this.client = client;
        this.exchange = exchange;
        this.settings = settings;
    }

    private record Metadata(URI token, boolean basic) {}

    /** Asks for a token. Asking twice does no harm, so it is asked again where that may help. */
    WorkerToken request(Instant now) {
        Metadata known =
                metadata == null ? settings.retries().run(Repeat.EVEN_AFTER_A_FAULT, this::discovered) : metadata;
        // Read anew after a failure: the endpoint may have moved.
        metadata = null;
        WorkerToken token =
                settings.retries().run(Repeat.EVEN_AFTER_A_FAULT, () -> token(exchange.send(request(known)), now));
        metadata = known;
        return token;
    }

    private Metadata discovered() {
        Answer answer = exchange.send(HttpRequest.newBuilder(URI.create(issuer + "/.well-known/openid-configuration"))
                .timeout(settings.tokenTimeout())
                .build());
        JsonNode found = answer.json();
        if (answer.status() != 200
                || !issuer.toString().equals(withoutSlash(found.path("issuer").asText()))) {
            throw failure(
                    answer,
                    "no metadata with this very issuer is at " + issuer
                            + "/.well-known/openid-configuration. Check the issuer.");
        }
        URI token = Address.checked(
                "The issuer's token endpoint",
                URI.create(found.path("token_endpoint").asText()),
                "http".equals(issuer.getScheme()));
        JsonNode methods = found.path("token_endpoint_auth_methods_supported");
        boolean basic = methods.isMissingNode() || methods.toString().contains("\"client_secret_basic\"");
        return new Metadata(token, basic);
    }

    private HttpRequest request(Metadata known) {
        Map<String, String> form = new TreeMap<>(client.parameters());
        form.put("grant_type", "client_credentials");
        HttpRequest.Builder request = HttpRequest.newBuilder(known.token())
                .timeout(settings.tokenTimeout())
                .header("Accept", "application/json")
                .header("Content-Type", "application/x-www-form-urlencoded");
        String secret = client.secret().get();
        if (known.basic()) {
            // RFC 6749, 2.3.1: both are form-encoded first.
            String pair = encoded(client.id()) + ":" + encoded(secret);
            request.header(
                    "Authorization",
                    "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
        } else {
            form.put("client_id", client.id());
            form.put("client_secret", secret);
        }
        return request.POST(BodyPublishers.ofString(form.entrySet().stream()
                        .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                        .collect(Collectors.joining("&"))))
                .build();
    }

    private WorkerToken token(Answer answer, Instant now) {
        JsonNode body = answer.json();
        if (answer.status() != 200 || !body.path("access_token").isTextual()) {
            throw failure(answer, "it answered " + answer.status() + " " + errorCode(body) + ". " + advice(answer));
        }
        return WorkerToken.of(
                body.path("access_token").textValue(),
                now,
                Duration.ofSeconds(body.path("expires_in").asInt(UNSAID_LIFETIME_SECONDS)));
    }

    /** What passes is told from a refusal: the worker's settings have no part in it. */
    private ProblemException failure(Answer answer, String refusal) {
        String provider = "The identity provider at " + issuer;
        String gaveNone = provider + " gave no token to client \"" + client.id() + "\": ";
        if (answer.status() >= 500) {
            return problem(
                    answer,
                    "worker-token-unavailable",
                    provider + " failed: it answered " + answer.status() + ". Client \"" + client.id()
                            + "\" got no token; try again.");
        }
        if (answer.status() == 429) {
            return problem(answer, "worker-token-unavailable", gaveNone + "it answered 429. Wait, and try again.");
        }
        return problem(answer, "worker-token-refused", gaveNone + refusal);
    }

    /** Only these say that the request itself was wrong (RFC 6749, 5.2). */
    private static String advice(Answer answer) {
        return answer.status() == 400 || answer.status() == 401
                ? "Check issuer, client id and secret."
                : "Its log may say why.";
    }

    private ProblemException problem(Answer answer, String code, String detail) {
        return new ProblemException(
                answer.status(),
                code,
                detail,
                List.of(),
                answer.retryAfter()
                        .flatMap(value ->
                                RetryAfter.parse(value, settings.clock().instant())),
                "");
    }

    /** RFC 6749, 5.2: a code of plain characters. Its description is left out, as anything else that it says. */
    private static String errorCode(JsonNode body) {
        return Optional.ofNullable(body.path("error").textValue())
                .filter(code -> code.matches("[A-Za-z0-9_.-]{1,64}"))
                .orElse("without an error code");
    }

    private static String withoutSlash(String text) {
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.egress.EgressRequest;
import io.flowmaestro.connections.egress.HeaderRules;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A question with the credential in it. */
sealed interface Prepared {

    /** It can be asked. */
    record Ready(EgressRequest request) implements Prepared {}

    /** It cannot, for a reason that the connection's owner can do something about. */
    record Impossible(String message) implements Prepared {}

    Duration TIMEOUT = Duration.ofSeconds(10);
    long MAX_BODY = 256 * 1024;
    Map<String, String> DEFAULT_HEADERS = Map.of("Accept", "application/json", "User-Agent", "FlowMaestro-Connections");

    static Prepared of(Question question, JsonNode data, Wording wording) {
        var templates = new Templates(data, question.rules().variables());
        var application = Application.of(question.rules(), data, templates);
        String path = templates.fillUrl(question.path());
        String url = question.url() == null ? application.baseUrl() : templates.fillUrl(question.url());
        Map<String, String> asked = templates.fill(question.headers());
        String form = templates.fillUrl(question.form());
        if (!templates.missing().isEmpty()) {
            return new Impossible(wording.lacks(new TreeSet<>(templates.missing())));
        }
        if (url == null) {
            return new Impossible(wording.noBaseUrl());
        }
        var headers = headers(asked, application.headers());
        return unsendable(headers, wording)
                .<Prepared>map(Impossible::new)
                .orElseGet(() -> new Ready(request(
                        question,
                        UrlText.withQuery(path == null ? url : UrlText.join(url, path), application.query()),
                        headers,
                        form)));
    }

    private static Map<String, String> headers(Map<String, String> asked, Map<String, String> applied) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(DEFAULT_HEADERS);
        headers.putAll(asked);
        headers.putAll(applied);
        return headers;
    }

    private static Optional<String> unsendable(Map<String, String> headers, Wording wording) {
        return headers.entrySet().stream()
                .flatMap(header -> unsendable(header, wording).stream())
                .findFirst();
    }

    private static Optional<String> unsendable(Map.Entry<String, String> header, Wording wording) {
        if (!HeaderRules.allowedName(header.getKey())) {
            return Optional.of(wording.headerNotAllowed());
        }
        return HeaderRules.allowedValue(header.getValue())
                ? Optional.empty()
                : Optional.of(wording.unsendable(header.getKey()));
    }

    private static EgressRequest request(
            Question question, String url, Map<String, String> headers, @Nullable String form) {
        var request = EgressRequest.of(HttpMethod.valueOf(question.httpMethod()), url)
                .withTimeout(TIMEOUT)
                .withMaxBody(MAX_BODY)
                .withHeaders(headers);
        if (!question.json().isEmpty()) {
            return request.withHeader("Content-Type", "application/json").withBody(json(question.json()));
        }
        if (form != null) {
            return request.withHeader("Content-Type", "application/x-www-form-urlencoded")
                    .withBody(Buffer.buffer(form));
        }
        // Some servers answer 411 to a POST that does not say how long it is.
        return bodyless(question.httpMethod()) ? request : request.withBody(Buffer.buffer());
    }

    private static boolean bodyless(String httpMethod) {
        return Set.of("GET", "HEAD", "DELETE").contains(httpMethod);
    }

    private static Buffer json(Map<String, String> members) {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        members.forEach(object::put);
        return Buffer.buffer(object.toString());
    }
}

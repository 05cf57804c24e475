package io.flowmaestro.connections.migration.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.migration.refusal.Refusal;
import io.flowmaestro.connections.migration.row.MappedRow.Importable;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** An answer of the registry, read as far as it is understood. */
record Reply(int status, JsonNode json, Optional<Duration> retryAfter) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<String> OUTCOMES = Set.of("imported", "would_import", "unchanged", "refused");
    private static final int LONGEST_TEXT = 500;

    static Reply of(HttpResponse<String> response) {
        return new Reply(
                response.statusCode(),
                parsed(response.body()),
                response.headers()
                        .firstValue("Retry-After")
                        .filter(seconds -> seconds.matches("[0-9]{1,5}"))
                        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds))));
    }

    /** One for each row, in order. Anything else is no answer to what was asked, and nothing may be concluded from it. */
    List<RowResult> results(List<Importable> rows) {
        JsonNode results = json.path("data").path("results");
        if (results.size() != rows.size()) {
            throw notUnderstood();
        }
        List<RowResult> read = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            JsonNode result = results.path(i);
            String outcome = result.path("outcome").asText("");
            if (!result.path("id").asText("").equalsIgnoreCase(rows.get(i).sourceId()) || !OUTCOMES.contains(outcome)) {
                throw notUnderstood();
            }
            read.add(new RowResult(outcome, text(result, "code"), text(result, "detail")));
        }
        return read;
    }

    String code() {
        return text(json, "code").orElse("http-" + status);
    }

    /** The status, and what a problem says; never a body of another kind. */
    String summary() {
        return status
                + text(json, "code").map(code -> " " + code).orElse("")
                + text(json, "detail").map(detail -> ": " + detail).orElse("");
    }

    private static Refusal notUnderstood() {
        return Refusal.stopped(
                "The registry's answer does not name each row that it was sent. Is --to a registry of this"
                        + " version? Nothing of the batch is reported.");
    }

    private static Optional<String> text(JsonNode json, String field) {
        return Optional.of(json.path(field))
                .filter(JsonNode::isTextual)
                .map(JsonNode::textValue)
                .map(text -> text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
    }

    private static JsonNode parsed(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException other) {
            return JSON.missingNode();
        }
    }
}

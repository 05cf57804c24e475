package io.flowmaestro.connections.registry.rewrap;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.registry.Registry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.StreamSupport;

/** credential-vault's batch rewrap: {@code x} comes back as {@code new-x}, in the order of the request. */
final class ScriptedVault {

    static final String PATH = "/internal/rewrap/batch";

    private static final String RENEWED = """
            {"envelope": {"format": 1, "key_version": 2, "ciphertext": "new-{{item.envelope.ciphertext}}"}, "rewrapped": true}""";
    private static final JsonMapper JSON = new JsonMapper();

    private ScriptedVault() {}

    static void renews() {
        answers(results(RENEWED));
    }

    static void renewsAfter(int milliseconds) {
        answers(results(RENEWED).withFixedDelay(milliseconds));
    }

    /** Answers as {@link #renews()}, but with {@code result} for the item whose ciphertext is {@code marked}. */
    static void renewsBut(String marked, String result) {
        answers(results(
                "{{#eq item.envelope.ciphertext '" + marked + "'}}" + result + "{{else}}" + RENEWED + "{{/eq}}"));
    }

    static void isAway() {
        answers(aResponse()
                .withStatus(503)
                .withHeader("Content-Type", "application/problem+json")
                .withHeader("Retry-After", "1")
                .withBody("{\"status\": 503, \"code\": \"vault-unavailable\"}"));
    }

    static void answers(ResponseDefinitionBuilder response) {
        Registry.peers().register(post(urlPathEqualTo(PATH)).willReturn(response));
    }

    private static ResponseDefinitionBuilder results(String item) {
        String all =
                "{\"success\": true, \"data\": {\"results\": [{{#each (jsonPath request.body '$.items') as |item|}}"
                        + item + "{{#unless @last}},{{/unless}}{{/each}}]}}";
        return aResponse()
                .withHeader("Content-Type", "application/json")
                .withTransformers("response-template")
                .withBody(all);
    }

    static RequestPatternBuilder calls() {
        return postRequestedFor(urlPathEqualTo(PATH));
    }

    static List<LoggedRequest> requests() {
        return Registry.peers().find(calls());
    }

    /** Ids of connections in the order in which they were asked for. */
    static List<String> asked() {
        return requests().stream()
                .flatMap(request -> items(request).stream())
                .map(item -> item.path("connection_id").textValue())
                .toList();
    }

    static List<JsonNode> items(LoggedRequest request) {
        try {
            JsonNode items = JSON.readTree(request.getBody()).path("items");
            return StreamSupport.stream(items.spliterator(), false).toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

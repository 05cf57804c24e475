package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Reads a credential as the broker writes it; fields that it does not know are kept. */
final class CredentialReader {

    private static final Set<String> ENVELOPE = Set.of("type", "expires_at", "credential_version", "apply");

    private CredentialReader() {}

    static Credential read(UUID connectionId, JsonNode data) {
        ObjectNode values = data.deepCopy();
        values.remove(ENVELOPE);
        Fields fields = new Fields(values);
        Issued issued = new Issued(
                connectionId,
                data.path("credential_version").asLong(),
                expiry(data),
                apply(data.path("apply")),
                fields);
        return switch (data.path("type").asText()) {
            case "oauth2" ->
                new Credential.OAuth2(
                        issued,
                        fields.require("access_token"),
                        data.path("token_type").asText("Bearer"),
                        scope(data.path("scope")));
            case "api_key" -> new Credential.ApiKey(issued, fields.require("api_key"), fields.get("api_secret"));
            case "basic_auth" ->
                new Credential.BasicAuth(issued, fields.require("username").reveal(), fields.require("password"));
            case "custom" -> new Credential.Custom(issued, secrets(data.path("headers")));
            case "mcp" ->
                new Credential.Mcp(
                        issued,
                        data.path("server_url")
                                .asText(issued.apply()
                                        .baseUrl()
                                        .map(URI::toString)
                                        .orElse("")),
                        data.path("auth_type").asText("none"));
            default ->
                throw new UnexpectedAnswerException(
                        "The broker answered with a kind of credential that this library does not know. Use a newer"
                                + " one.");
        };
    }

    private static Optional<Instant> expiry(JsonNode data) {
        try {
            return Optional.ofNullable(data.path("expires_at").textValue()).map(Instant::parse);
        } catch (DateTimeException unreadable) {
            throw new UnexpectedAnswerException("The broker's answer has an expires_at that is no point in time.");
        }
    }

    private static Apply apply(JsonNode apply) {
        return new Apply(
                texts(apply.path("headers")),
                texts(apply.path("query")),
                Optional.ofNullable(apply.path("base_url").textValue()).map(URI::create));
    }

    private static Map<String, String> texts(JsonNode object) {
        Map<String, String> texts = new LinkedHashMap<>();
        object.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return Map.copyOf(texts);
    }

    private static Map<String, Secret> secrets(JsonNode object) {
        Map<String, Secret> secrets = new LinkedHashMap<>();
        texts(object).forEach((name, value) -> secrets.put(name, new Secret(value)));
        return Map.copyOf(secrets);
    }

    private static Set<String> scope(JsonNode array) {
        Set<String> scope = new LinkedHashSet<>();
        array.forEach(value -> scope.add(value.asText()));
        return Set.copyOf(scope);
    }
}

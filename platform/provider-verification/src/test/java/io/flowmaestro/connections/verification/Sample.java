package io.flowmaestro.connections.verification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.catalog.Field;
import io.flowmaestro.connections.catalog.LiveCatalog;
import io.flowmaestro.connections.catalog.OAuth2Method;
import io.flowmaestro.connections.catalog.Provider;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A connection's data for one method of a bundled provider, with secrets that would be noticed anywhere.
 *
 * @param secrets that no verdict may hold
 */
record Sample(Provider provider, String method, ObjectNode data, List<String> secrets) {

    private static final Map<String, Provider> CATALOGUE = new LiveCatalog(Optional.empty(), _ -> null)
            .current().all().stream().collect(Collectors.toMap(Provider::key, Function.identity()));

    private static final List<String> VALUES = List.of(
            "acme",
            "acme.example",
            "4620816365",
            "us21",
            "/v1/me",
            "X-Acme-Key",
            "acme.my.salesforce.com",
            "https://accounts.zoho.com",
            "https://acme.pipedrive.com");

    static Provider provider(String key) {
        return CATALOGUE.get(key);
    }

    /** Every method of every bundled provider that can be asked. */
    static Stream<Sample> all() {
        return CATALOGUE.values().stream()
                .sorted((one, other) -> one.key().compareTo(other.key()))
                .flatMap(provider -> Stream.of("api_key", "oauth2", "basic_auth", "custom")
                        .filter(method -> CredentialVerifier.canVerify(provider, method))
                        .map(method -> of(provider, method)));
    }

    static Sample of(String key, String method) {
        return of(provider(key), method);
    }

    private static Sample of(Provider provider, String method) {
        ObjectNode data = JsonNodeFactory.instance.objectNode();
        switch (method) {
            case "api_key" -> data.put("api_key", "CANARY-key-us21").put("api_secret", "CANARY-other");
            case "basic_auth" -> data.put("username", "CANARY-user").put("password", "CANARY-password");
            default -> data.put("access_token", "CANARY-token").put("refresh_token", "CANARY-refresh");
        }
        provider.methods().extraFields(method).stream()
                .filter(field -> !data.has(field.name()))
                .filter(field -> field.defaultValue() == null)
                .forEach(field -> data.put(field.name(), value(field)));
        if (method.equals("oauth2")) {
            answered(provider.methods().oauth2(), data);
        }
        return new Sample(provider, method, data, List.of("CANARY"));
    }

    private static String value(Field field) {
        if (field.name().equals("base_url")) {
            return "https://api.acme.example/root/";
        }
        if (field.secret()) {
            return "CANARY-" + field.name();
        }
        return field.values().isEmpty()
                ? VALUES.stream()
                        .filter(value -> field.pattern() == null || Pattern.matches(field.pattern(), value))
                        .findFirst()
                        .orElseThrow()
                : field.values().getFirst();
    }

    /** What the flow learns from the callback and from the token answer. */
    private static void answered(OAuth2Method method, ObjectNode data) {
        method.callbackParams()
                .forEach(name -> data.put(
                        name,
                        Optional.ofNullable(method.callbackPatterns().get(name))
                                .flatMap(pattern -> VALUES.stream()
                                        .filter(value -> Pattern.matches(pattern, value))
                                        .findFirst())
                                .orElse("acme")));
        if (method.tokenResponse().apiBase() != null) {
            data.put(method.tokenResponse().apiBase(), "https://api.acme.example");
        }
        if (method.tokenResponse().apiHost() != null) {
            data.put(method.tokenResponse().apiHost(), "api.acme.example");
        }
        data.put("client_id", "client-1");
    }

    /** The raw template with the data in it, as plainly as can be. */
    String filled(String template) {
        String filled = template;
        for (var field : data.properties()) {
            String name = field.getKey().equals("api_key") ? "key" : field.getKey();
            filled = filled.replace("{" + name + "}", field.getValue().asText());
        }
        for (Field field : provider.methods().extraFields(method)) {
            filled = filled.replace("{" + field.name() + "}", String.valueOf(field.defaultValue()));
        }
        return filled.replace("{dc}", "us21");
    }

    @Override
    public String toString() {
        return provider.key() + " " + method;
    }
}

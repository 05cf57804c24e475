package io.flowmaestro.connections.emulator;

import io.flowmaestro.connections.catalog.OAuth2Method;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The facts with this tenant's values in their templates. */
final class Facts {

    final OAuth2Method method;
    final EmulatedClient client;
    private final Map<String, String> values;

    Facts(OAuth2Method method, EmulatedClient client, Map<String, String> variables) {
        this.method = method;
        this.client = client;
        this.values = new HashMap<>();
        method.config().forEach((name, variable) -> {
            if (variable.defaultValue() != null) {
                values.put(name, variable.defaultValue());
            }
        });
        values.putAll(variables);
        told(method.tokenResponse().apiBase(), apiBase());
        told(method.tokenResponse().apiHost(), apiHost());
        values.put("client_id", client.id());
        values.put("client_secret", client.secret());
    }

    /** Names that the token answer gives are its paths. */
    private void told(@Nullable String name, String value) {
        if (name != null) {
            values.put(name, value);
        }
    }

    @Nullable
    String value(String name) {
        return values.get(name);
    }

    String fill(@Nullable String template) {
        return fill(template, Map.of());
    }

    String fill(@Nullable String template, Map<String, String> more) {
        String filled = Objects.requireNonNull(template);
        for (var value : values.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        for (var value : more.entrySet()) {
            filled = filled.replace("{" + value.getKey() + "}", value.getValue());
        }
        return filled;
    }

    Map<String, String> fill(Map<String, String> templates, Map<String, String> more) {
        Map<String, String> filled = new LinkedHashMap<>();
        templates.forEach((name, template) -> filled.put(name, fill(template, more)));
        return filled;
    }

    String refreshUrl() {
        return fill(method.refreshUrl() == null ? method.token() : method.refreshUrl());
    }

    /** The base of the API that answers tell, where they do. */
    static String apiBase() {
        return "https://api.tenant.example";
    }

    /** Its host, likewise. */
    static String apiHost() {
        return "api.tenant.example";
    }
}

package io.flowmaestro.connections.local.proof.oauth;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A provider's redirect as a browser sends it on to the broker; an attacker's changes are made by {@code with…}. */
record Callback(String provider, List<Parameter> parameters, Optional<String> browser) {

    record Parameter(String name, String value) {}

    Callback withProvider(String other) {
        return new Callback(other, parameters, browser);
    }

    Callback withBrowser(Optional<String> other) {
        return new Callback(provider, parameters, other);
    }

    /** In place of what was there by that name. */
    Callback with(String name, String value) {
        return without(name).adding(name, value);
    }

    Callback without(String name) {
        return new Callback(
                provider,
                parameters.stream()
                        .filter(parameter -> !parameter.name().equals(name))
                        .toList(),
                browser);
    }

    /** Besides what is there. */
    Callback adding(String name, String value) {
        var more = new ArrayList<>(parameters);
        more.add(new Parameter(name, value));
        return new Callback(provider, List.copyOf(more), browser);
    }

    String value(String name) {
        return parameters.stream()
                .filter(parameter -> parameter.name().equals(name))
                .map(Parameter::value)
                .findFirst()
                .orElse("");
    }

    /** Path and query. */
    String target() {
        var query = parameters.stream()
                .map(parameter -> encoded(parameter.name()) + "=" + encoded(parameter.value()))
                .toList();
        return "/api/oauth/" + encoded(provider).replace("+", "%20") + "/callback?" + String.join("&", query);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

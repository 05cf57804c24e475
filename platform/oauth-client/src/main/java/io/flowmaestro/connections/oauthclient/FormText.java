package io.flowmaestro.connections.oauthclient;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** Parameters as forms, queries and JSON. */
final class FormText {

    private FormText() {}

    static String form(Map<String, String> parameters) {
        return joined(parameters, text -> URLEncoder.encode(text, StandardCharsets.UTF_8));
    }

    /** A URL with these parameters behind those that it has. */
    static String withQuery(String url, Map<String, String> parameters) {
        return parameters.isEmpty()
                ? url
                : url + (url.contains("?") ? "&" : "?") + joined(parameters, FormText::queryPart);
    }

    private static String queryPart(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static Buffer json(Map<String, String> parameters) {
        var object = new JsonObject();
        parameters.forEach(object::put);
        return object.toBuffer();
    }

    private static String joined(Map<String, String> parameters, UnaryOperator<String> encoding) {
        return parameters.entrySet().stream()
                .map(parameter -> encoding.apply(parameter.getKey()) + "=" + encoding.apply(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }
}

package io.flowmaestro.connections.local.isolation;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a request was answered, without what differs from one request to the next: date, trace, and the ids that the
 * request itself named.
 */
record Answer(int status, Map<String, List<String>> headers, String body) {
    private static final Set<String> OF_THE_REQUEST = Set.of("date", "traceparent", "tracestate");

    static Answer of(HttpResponse<String> response, Collection<String> named) {
        var headers = new TreeMap<String, List<String>>(String.CASE_INSENSITIVE_ORDER);
        response.headers()
                .map()
                .forEach((name, values) -> headers.put(
                        name,
                        values.stream().map(value -> without(named, value)).toList()));
        headers.keySet().removeIf(name -> OF_THE_REQUEST.contains(name.toLowerCase(java.util.Locale.ROOT)));
        return new Answer(response.statusCode(), headers, without(named, comparable(response.body())));
    }

    private static String comparable(String body) {
        try {
            var json = new JsonObject(body);
            json.remove("instance");
            json.remove("trace_id");
            return json.encode();
        } catch (DecodeException | ClassCastException notAnObject) {
            return body;
        }
    }

    private static String without(Collection<String> named, String text) {
        var rest = text;
        for (var id : named) {
            rest = rest.replace(id, "<named>");
        }
        return rest;
    }

    boolean isRefusal() {
        return status >= 400;
    }

    /** What a message may show: never the body of a success, which may hold a secret. */
    String summary() {
        return isRefusal() ? status + " " + headers + " " + body : status + " " + headers;
    }
}

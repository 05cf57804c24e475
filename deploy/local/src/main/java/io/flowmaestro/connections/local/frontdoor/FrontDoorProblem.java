package io.flowmaestro.connections.local.frontdoor;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the front door itself answers, in the problem format (RFC 9457) of the services. */
enum FrontDoorProblem {
    NOT_FOUND(404, "not-found", "Not found", "There is nothing at this path."),
    BAD_REQUEST(400, "bad-request", "Bad request", "This is not a request that can be read."),
    URI_TOO_LONG(414, "uri-too-long", "URI too long", "The path and the query are longer than is allowed."),
    HEADERS_TOO_LARGE(431, "headers-too-large", "Headers too large", "The headers are larger than is allowed."),
    BAD_GATEWAY(502, "bad-gateway", "Bad gateway", "The %s ended the connection before it had answered."),
    UNAVAILABLE(503, "service-unavailable", "Service unavailable", "The %s is not answering now. Try again shortly."),
    TIMEOUT(504, "gateway-timeout", "Gateway timeout", "The %s did not answer in time.");

    static final String MEDIA_TYPE = "application/problem+json";
    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}");
    private static final SecureRandom RANDOM = new SecureRandom();

    private final int status;
    private final String code;
    private final String title;
    private final String detail;

    FrontDoorProblem(int status, String code, String title, String detail) {
        this.status = status;
        this.code = code;
        this.title = title;
        this.detail = detail;
    }

    int status() {
        return status;
    }

    /**
     * @param service named in the detail where one is at fault
     * @param traceparent the caller's trace, when it sent one
     */
    String body(String instance, String service, Optional<String> traceparent) {
        return new JsonObject()
                .put("type", "urn:flowmaestro:connections:problem:" + code)
                .put("title", title)
                .put("status", status)
                .put("detail", detail.replace("%s", service))
                .put("instance", instance)
                .put("success", false)
                .put("code", code)
                .put("trace_id", traceId(traceparent))
                .put("violations", new JsonArray())
                .encode();
    }

    private static String traceId(Optional<String> traceparent) {
        return traceparent
                .map(TRACEPARENT::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1))
                .orElseGet(FrontDoorProblem::newTraceId);
    }

    private static String newTraceId() {
        byte[] bytes = new byte[16];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

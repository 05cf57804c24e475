package io.flowmaestro.connections.egress;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One outbound request.
 *
 * @param headers names compare without case; framing headers ({@code Host}, {@code Content-Length}…) are refused
 * @param timeout for the whole exchange, name look-up and body included
 * @param idleTimeout longest silence, before the first byte and between chunks
 * @param maxBody largest answer in bytes, after decompression
 * @param owner on whose behalf it is made, as anything with {@code equals} (a user's id), which is neither sent nor logged: no
 *     owner takes more than half of the places at a host. Null for nobody's, which may take all
 */
public record EgressRequest(
        HttpMethod method,
        String url,
        Map<String, String> headers,
        @Nullable Buffer body,
        Duration timeout,
        Duration idleTimeout,
        long maxBody,
        @Nullable Object owner) {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final long DEFAULT_MAX_BODY = 1 << 20;

    public EgressRequest {
        headers = EgressHeaders.of(headers);
    }

    public static EgressRequest of(HttpMethod method, String url) {
        return new EgressRequest(method, url, Map.of(), null, DEFAULT_TIMEOUT, DEFAULT_TIMEOUT, DEFAULT_MAX_BODY, null);
    }

    public static EgressRequest get(String url) {
        return of(HttpMethod.GET, url);
    }

    public static EgressRequest post(String url, Buffer body) {
        return of(HttpMethod.POST, url).withBody(body);
    }

    public EgressRequest withHeader(String name, String value) {
        return withMoreHeaders(Map.of(name, value));
    }

    /** Adds headers; of a name that is there, whatever its case, the latter value counts. */
    public EgressRequest withMoreHeaders(Map<String, String> more) {
        return withHeaders(EgressHeaders.of(headers).and(more));
    }

    /** Replaces all headers. */
    public EgressRequest withHeaders(Map<String, String> all) {
        return new EgressRequest(method, url, all, body, timeout, idleTimeout, maxBody, owner);
    }

    public EgressRequest withBody(Buffer content) {
        return new EgressRequest(method, url, headers, content, timeout, idleTimeout, maxBody, owner);
    }

    /** Also shortens the idle timeout when that would be longer. */
    public EgressRequest withTimeout(Duration total) {
        var idle = idleTimeout.compareTo(total) > 0 ? total : idleTimeout;
        return new EgressRequest(method, url, headers, body, total, idle, maxBody, owner);
    }

    public EgressRequest withIdleTimeout(Duration idle) {
        return new EgressRequest(method, url, headers, body, timeout, idle, maxBody, owner);
    }

    public EgressRequest withMaxBody(long bytes) {
        return new EgressRequest(method, url, headers, body, timeout, idleTimeout, bytes, owner);
    }

    /** On that owner's behalf; null for nobody's. */
    public EgressRequest withOwner(@Nullable Object whose) {
        return new EgressRequest(method, url, headers, body, timeout, idleTimeout, maxBody, whose);
    }

    @Override
    public String toString() {
        // Headers, body and URL may carry secrets.
        return method + " request";
    }
}

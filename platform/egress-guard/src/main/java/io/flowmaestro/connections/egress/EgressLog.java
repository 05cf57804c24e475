package io.flowmaestro.connections.egress;

import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * A DEBUG line for each request that leaves. Headers, bodies and queries are never among it, and of a path only what cannot be
 * a secret: some servers and webhooks take theirs in the path.
 */
final class EgressLog {

    private static final Logger LOG = Logger.getLogger(EgressLog.class);
    private static final Pattern SLASH = Pattern.compile("/");
    /** Plain words, and versions. Whatever has digits or capitals in it may be an id or a key. */
    private static final Pattern HARMLESS = Pattern.compile("[a-z][a-z_.-]{0,19}|v[0-9]{1,2}|");

    private static final String HIDDEN = "*";

    private EgressLog() {}

    /** Whether anybody reads them. */
    static boolean isOn() {
        return LOG.isDebugEnabled();
    }

    static void answered(EgressRequest request, VettedTarget target, int status, long started) {
        LOG.debugf("%s answered %d after %d ms", line(request.method(), target), status, millisSince(started));
    }

    static void failed(EgressRequest request, VettedTarget target, Throwable failure, long started) {
        Object why = failure instanceof EgressFailure known
                ? known.kind()
                : failure.getClass().getSimpleName();
        LOG.debugf("%s failed after %d ms: %s", line(request.method(), target), millisSince(started), why);
    }

    /** Nothing was sent. The reason names no address. */
    static void refused(EgressRequest request, EgressRefused refused) {
        LOG.debugf(
                "%s was refused: %s",
                request.method(), refused.reason().getClass().getSimpleName());
    }

    static String line(HttpMethod method, VettedTarget target) {
        return method + " " + target.origin() + path(target.pathAndQuery());
    }

    private static String path(String pathAndQuery) {
        int query = pathAndQuery.indexOf('?');
        var path = query < 0 ? pathAndQuery : pathAndQuery.substring(0, query);
        return SLASH.splitAsStream(path)
                .map(segment -> HARMLESS.matcher(segment).matches() ? segment : HIDDEN)
                .collect(Collectors.joining("/"));
    }

    private static long millisSince(long started) {
        return Duration.ofNanos(System.nanoTime() - started).toMillis();
    }
}

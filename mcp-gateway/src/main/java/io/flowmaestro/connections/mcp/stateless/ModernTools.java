package io.flowmaestro.connections.mcp.stateless;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.mirror.MirroredParameters;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/** What has to be known of a server's tools to call them: their mirrored parameters, and how long that holds. */
final class ModernTools {

    private static final Logger LOG = Logger.getLogger(ModernTools.class);
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    private final int most;
    private final Map<String, MirroredParameters> mirrored = new ConcurrentHashMap<>();
    private volatile Optional<Long> freshUntil = Optional.empty();

    ModernTools(int most) {
        this.most = most;
    }

    /** Takes note of a page of the tool list, and leaves out the tools that must not be offered. */
    ObjectNode seen(ObjectNode page) {
        if (page.get("tools") instanceof ArrayNode tools) {
            tools.removeIf(tool -> !keep(tool));
            keepFresh(page.path("ttlMs"));
        }
        return page;
    }

    private boolean keep(JsonNode tool) {
        var name = tool.path("name").asText();
        var parameters = MirroredParameters.of(tool.path("inputSchema"));
        if (parameters.isEmpty() || parameters.get().mirrors().isEmpty()) {
            mirrored.remove(name);
        } else if (mirrored.size() < most) {
            mirrored.put(name, parameters.get());
        }
        if (parameters.isEmpty()) {
            LOG.info("A tool is left out of a list: its x-mcp-header annotations are not valid");
        }
        return parameters.isPresent();
    }

    /** Zero says nothing: a list would have to be read before every single call. */
    private void keepFresh(JsonNode ttl) {
        freshUntil = ttl.canConvertToLong() && ttl.longValue() > 0
                ? Optional.of(System.nanoTime()
                        + Math.max(
                                SHORTEST.toNanos(),
                                Duration.ofMillis(Math.min(ttl.longValue(), Integer.MAX_VALUE))
                                        .toNanos()))
                : Optional.empty();
    }

    /** Whether the list has become too old; says so once. */
    boolean hasExpired() {
        var until = freshUntil;
        if (until.isPresent() && System.nanoTime() - until.get() > 0) {
            freshUntil = Optional.empty();
            return true;
        }
        return false;
    }

    Map<String, String> headers(Call call) {
        var parameters = mirrored.get(call.params().path("name").asText());
        return call.method().equals("tools/call") && parameters != null
                ? parameters.headers(call.params().path("arguments"))
                : Map.of();
    }
}

package io.flowmaestro.connections.mcp.session;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import java.util.List;

/** What a request of 2026-07-28 says about itself in {@code _meta}, a server of another revision is not told. */
public final class OwnMeta {

    private static final String META = "_meta";
    private static final String PREFIX = "io.modelcontextprotocol/";
    private static final List<String> OF_ANOTHER_ERA = List.of(
            PREFIX + "protocolVersion", PREFIX + "clientInfo", PREFIX + "clientCapabilities", PREFIX + "logLevel");

    private OwnMeta() {}

    /** The same call without those keys; all others stay. */
    public static Call of(Call call) {
        if (!(call.params().get(META) instanceof ObjectNode given)
                || OF_ANOTHER_ERA.stream().noneMatch(given::has)) {
            return call;
        }
        var params = call.params().deepCopy();
        var meta = params.withObjectProperty(META).remove(OF_ANOTHER_ERA);
        if (meta.isEmpty()) {
            params.remove(META);
        }
        return new Call(call.method(), params, call.listener());
    }
}

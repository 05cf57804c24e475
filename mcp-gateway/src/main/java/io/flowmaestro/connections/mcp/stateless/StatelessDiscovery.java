package io.flowmaestro.connections.mcp.stateless;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.ClientIdentity;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Deadline;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.McpFailure;
import io.flowmaestro.connections.mcp.core.Reason;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.http.Answers;
import io.flowmaestro.connections.mcp.http.HttpTransport;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Asks a server for what it is ({@code server/discover}), which all servers of the revision 2026-07-28 answer. */
@ApplicationScoped
public class StatelessDiscovery {

    private final HttpTransport http;
    private final Answers answers;
    private final ClientIdentity identity;
    private final ClientSettings settings;

    StatelessDiscovery(HttpTransport http, Answers answers, ClientIdentity identity, ClientSettings settings) {
        this.http = http;
        this.answers = answers;
        this.identity = identity;
        this.settings = settings;
    }

    /** Fails with {@link Reason.OtherEra} when the server names other revisions only. */
    public Uni<Conversation> open(Upstream upstream, ObjectNode capabilities) {
        var ask = Uni.createFrom().deferred(() -> discover(upstream, capabilities));
        return ask.onFailure(ModernAnswer::supportsThis)
                .retry()
                .atMost(1)
                .onFailure(failure -> ModernAnswer.rejected(failure, ModernAnswer.VERSION_UNSUPPORTED))
                .transform(_ -> new McpFailure(new Reason.OtherEra()))
                .map(this::conversation);
    }

    /** Errors that only a server of this revision makes: it is one, and refuses us. */
    public static boolean isRefusalOfThisEra(long code) {
        return code == ModernAnswer.HEADER_MISMATCH || code == ModernAnswer.CAPABILITY_MISSING;
    }

    /** A server of another era may stay silent, so that there must be time left to try that one. */
    private Uni<ObjectNode> discover(Upstream upstream, ObjectNode capabilities) {
        var probe = new Upstream(upstream.server(), upstream.deadline().before(Deadline.in(settings.probe())));
        var call = ModernRequest.described(
                new Call("server/discover", McpJson.object(), new Declaring(capabilities)), identity);
        return new Probe(http, answers).ask(probe, call);
    }

    private Conversation conversation(ObjectNode result) {
        boolean ours = result.path("supportedVersions")
                .valueStream()
                .anyMatch(version -> ModernRequest.REVISION.equals(version.textValue()));
        if (!ours) {
            throw new McpFailure(new Reason.OtherEra());
        }
        var named = result.path("_meta").path("io.modelcontextprotocol/serverInfo");
        var info = named.isObject() ? named : result.path("serverInfo");
        var facts = ServerFacts.of(ModernRequest.REVISION, info, result);
        var tools = new ModernTools(settings.mostTools());
        return new StatelessConversation(http, answers, identity, facts, tools, settings.mostPages());
    }

    /** Discovery has nobody to listen, and still says what the calls to come will offer. */
    private record Declaring(ObjectNode capabilities) implements Listener {}
}

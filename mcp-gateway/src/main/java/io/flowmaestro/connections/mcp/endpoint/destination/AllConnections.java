package io.flowmaestro.connections.mcp.endpoint.destination;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.client.AwayServers;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.Listener;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Wanted;
import io.flowmaestro.connections.mcp.endpoint.message.ClientMessage;
import io.flowmaestro.connections.mcp.endpoint.message.Revision;
import io.flowmaestro.connections.mcp.endpoint.message.RpcError;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** All of a user's active MCP connections as one server. Nothing of it is kept: every request asks what there is now. */
final class AllConnections implements Target {

    private static final int AT_ONCE = 16;

    private final Uni<List<Named>> connections;
    private final Function<UUID, Target> one;
    private final Duration patience;
    private final AwayServers away;

    AllConnections(Uni<List<Named>> connections, Function<UUID, Target> one, Duration patience, AwayServers away) {
        this.connections = connections;
        this.one = one;
        this.patience = patience;
        this.away = away;
    }

    /** What any of the servers may offer; asking them all would make the beginning as slow as the slowest. */
    @Override
    public Uni<ServerFacts> facts(Listener listener) {
        var capabilities = McpJson.object();
        capabilities.putObject("tools").put("listChanged", true);
        capabilities.putObject("prompts").put("listChanged", true);
        capabilities.putObject("resources").put("listChanged", true).put("subscribe", true);
        capabilities.putObject("completions");
        var info = McpJson.object().put("name", "flowmaestro-connections").put("title", "FlowMaestro Connections");
        info.put("version", "1");
        return Uni.createFrom().item(new ServerFacts(Revision.MODERN, info, capabilities, null));
    }

    @Override
    public Multi<Incoming.Notification> changes(Wanted wanted) {
        return connections
                .onItem()
                .transformToMulti(all -> Multi.createBy()
                        .merging()
                        .withConcurrency(Math.max(1, all.size()))
                        .streams(all.stream()
                                .map(connection -> changes(connection, wanted))
                                .toList()));
    }

    private Multi<Incoming.Notification> changes(Named connection, Wanted wanted) {
        return one.apply(connection.id())
                .changes(wanted.part(interest -> PublicChanges.interestOf(connection, interest)))
                .map(told -> PublicChanges.of(connection, told));
    }

    @Override
    public Uni<ObjectNode> request(Call call) {
        return Kind.listedBy(call.method())
                .map(kind -> list(kind, call.listener()))
                .orElseGet(() -> routed(call));
    }

    private Uni<ObjectNode> list(Kind kind, Listener listener) {
        return connections.chain(all -> list(all, kind, listener, new Room()));
    }

    private Uni<ObjectNode> list(List<Named> all, Kind kind, Listener listener, Room room) {
        return Multi.createFrom()
                .iterable(all)
                .onItem()
                .transformToUni(connection -> part(kind, connection, listener, room))
                .merge(AT_ONCE)
                .collect()
                .asList()
                .map(parts -> JointList.of(kind, inOrder(all, parts)));
    }

    private static List<JointList.Part> inOrder(List<Named> all, List<JointList.Part> parts) {
        return parts.stream()
                .sorted(Comparator.comparingInt(part -> all.indexOf(part.connection())))
                .toList();
    }

    private Uni<JointList.Part> part(Kind kind, Named connection, Listener listener, Room room) {
        return away.isAway(connection.id())
                ? Uni.createFrom().item(new JointList.Part.Missing(connection, notWaitedFor()))
                : read(kind, connection, listener, room);
    }

    private RpcError notWaitedFor() {
        return RpcError.of(
                200,
                RpcError.REFUSED,
                "The MCP server did not answer a moment ago, so this list did not wait for it. Check that it runs; it is asked again within "
                        + away.lasts().toSeconds() + " s, or as soon as it answers to anything else.");
    }

    private Uni<JointList.Part> read(Kind kind, Named connection, Listener listener, Room room) {
        return WholeLists.read(one.apply(connection.id()), kind, listener, room)
                .ifNoItem()
                .after(patience)
                .failWith(() -> RpcError.of(
                        200,
                        RpcError.REFUSED,
                        "The MCP server did not answer in time. Try again, or check that it runs."))
                .<JointList.Part>map(entries -> new JointList.Part.Read(connection, entries))
                .onFailure()
                .recoverWithItem(failure -> new JointList.Part.Missing(connection, failure));
    }

    private Uni<ObjectNode> routed(Call call) {
        return connections.chain(all -> route(all, call));
    }

    private Uni<ObjectNode> route(List<Named> all, Call call) {
        var params = call.params().deepCopy();
        var addressed = call.method().equals("completion/complete") ? ClientMessage.object(params, "ref") : params;
        return addressed.path("uri").isTextual()
                ? byUri(all, call, params, addressed)
                : byName(all, call, params, addressed);
    }

    private Uni<ObjectNode> byUri(List<Named> all, Call call, ObjectNode params, ObjectNode addressed) {
        var uri = addressed.path("uri").textValue();
        var connection = require(all, PublicNames.slugOfUri(uri), uri);
        addressed.put("uri", PublicNames.serverUri(uri));
        return send(connection, call, params);
    }

    private Uni<ObjectNode> byName(List<Named> all, Call call, ObjectNode params, ObjectNode addressed) {
        var name = addressed.path("name").asText();
        var connection = require(all, PublicNames.slugOfName(name), name);
        var kind = call.method().equals("tools/call") ? Kind.TOOL : Kind.PROMPT;
        return ownName(connection, kind, name, call.listener())
                .invoke(own -> addressed.put("name", own))
                .chain(() -> send(connection, call, params));
    }

    private Uni<String> ownName(Named connection, Kind kind, String name, Listener listener) {
        var rest = PublicNames.rest(name);
        return PublicNames.isReplaced(rest)
                ? WholeLists.read(one.apply(connection.id()), kind, listener, new Room())
                        .map(entries -> entries.stream()
                                .map(kind::own)
                                .filter(own -> PublicNames.name(connection, own).equals(name))
                                .findFirst()
                                .orElseThrow(() -> unknown(name)))
                : Uni.createFrom().item(rest);
    }

    private Uni<ObjectNode> send(Named connection, Call call, ObjectNode params) {
        return one.apply(connection.id())
                .request(new Call(call.method(), params, call.listener()))
                .map(result -> PublicResults.of(connection, result));
    }

    private static Named require(List<Named> all, Optional<String> slug, String name) {
        return slug.flatMap(wanted -> all.stream()
                        .filter(connection -> connection.slug().equals(wanted))
                        .findFirst())
                .orElseThrow(() -> unknown(name));
    }

    private static RpcError unknown(String name) {
        return RpcError.of(
                200,
                RpcError.INVALID_PARAMS,
                "None of your active MCP connections offers this; list again to see what there is: "
                        + name.substring(0, Math.min(name.length(), 128)));
    }
}

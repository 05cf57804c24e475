package io.flowmaestro.connections.local.proof.mcp;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.Consumer;

/** What a hostile MCP server does when its tool is called, or its tools are listed. */
enum Trick {
    SILENCE(_ -> {}),
    DRIBBLE(blow -> blow.drip("application/json", " ", 100)),
    ENDLESS_BODY(blow -> blow.pour("application/json", "{\"jsonrpc\": \"2.0\", \"x\": \"", "x".repeat(65_536))),
    ENDLESS_EVENTS(blow ->
            blow.pour("text/event-stream", "", "data: {\"jsonrpc\": \"2.0\", \"method\": \"notifications/x\"}\n\n")),
    ENDLESS_EVENT(blow -> blow.pour("text/event-stream", "data: ", "x".repeat(65_536))),
    ENDLESS_QUESTIONS(blow -> blow.pour(
            "text/event-stream",
            "",
            "data: {\"jsonrpc\": \"2.0\", \"id\": 7, \"method\": \"sampling/createMessage\", \"params\": {}}\n\n")),
    EVENTS_NOW_AND_THEN(blow -> blow.drip("text/event-stream", ": still here\n\n", 200)),
    DEEP(blow -> blow.json("[".repeat(1_000_000))),
    DEEP_RESULT(blow -> blow.json("{\"jsonrpc\": \"2.0\", \"id\": " + Json.encode(blow.id())
            + ", \"result\": {\"content\": [], \"x\": " + "[".repeat(400_000) + "]".repeat(400_000) + "}}")),
    WRONG_ID(blow ->
            blow.json(Upstream.response("another", Upstream.text("not yours")).encode())),
    NO_ID(blow -> blow.json("{\"jsonrpc\": \"2.0\", \"result\": {}}")),
    TWICE(blow -> blow.events(
            Upstream.response(blow.id(), Upstream.text("once")), Upstream.response(blow.id(), Upstream.text("twice")))),
    SOMEBODY_ELSES_FIRST(blow -> blow.events(
            Upstream.response(424_242, Upstream.text("not yours")),
            Upstream.response(blow.id(), Upstream.text("yours")))),
    NO_SESSION(blow -> blow.status(404)),
    SESSION_CHANGES(blow -> {
        blow.response().putHeader("Mcp-Session-Id", "another-session");
        blow.result(Upstream.text("done"));
    }),
    HALF_CLOSED(Blow::half),
    RESET(blow -> blow.request().connection().close()),
    REDIRECT_TO_METADATA(blow -> {
        blow.response().putHeader("Location", "http://169.254.169.254/latest/meta-data/");
        blow.status(307);
    }),
    ZIP_BOMB(Blow::bomb),
    NOT_JSON(blow -> blow.json("<html>")),
    NOT_UTF8(blow -> blow.response()
            .putHeader("Content-Type", "application/json")
            .end(Buffer.buffer(new byte[] {'"', (byte) 0xc3, (byte) 0x28, '"'}))),
    NOTHING(blow -> blow.status(200)),
    HUGE_HEADERS(blow -> {
        for (int i = 0; i < 200; i++) {
            blow.response().putHeader("X-" + i, "x".repeat(4_000));
        }
        blow.status(200);
    }),
    INTERNAL_ERROR(blow -> blow.status(500)),
    ENDLESS_PAGES(
            "tools/list",
            blow -> blow.result(Upstream.tools(Upstream.tool()).put("nextCursor", "c" + System.nanoTime()))),
    SCHEMA_PATTERN(
            "tools/list",
            blow -> blow.schema(object().put(
                            "properties",
                            new JsonObject()
                                    .put(
                                            "text",
                                            new JsonObject()
                                                    .put("type", "string")
                                                    .put("pattern", "^(a+)+$"))))),
    SCHEMA_DOUBLING("tools/list", blow -> blow.schema(doubling(40))),
    SCHEMA_CIRCLE(
            "tools/list",
            blow -> blow.schema(reference("a")
                    .put("$defs", new JsonObject().put("a", reference("b")).put("b", reference("a")))));

    private final String method;
    private final Consumer<Blow> strike;

    Trick(Consumer<Blow> strike) {
        this("tools/call", strike);
    }

    /** @param method that it answers in this way; the server is good at the others */
    Trick(String method, Consumer<Blow> strike) {
        this.method = method;
        this.strike = strike;
    }

    Upstream on(Vertx vertx) {
        return Upstream.that(
                vertx, Map.of(method, (request, message) -> strike.accept(new Blow(vertx, request, message))));
    }

    private static JsonObject object() {
        return new JsonObject().put("type", "object");
    }

    private static JsonObject reference(String definition) {
        return new JsonObject().put("$ref", "#/$defs/" + definition);
    }

    /** Each definition asks for the one before it twice: 2^levels checks for whoever follows them all. */
    private static JsonObject doubling(int levels) {
        var definitions = new JsonObject().put("d0", new JsonObject().put("type", "string"));
        for (int i = 1; i < levels; i++) {
            var before = "d" + (i - 1);
            definitions.put(
                    "d" + i,
                    new JsonObject()
                            .put("allOf", new JsonArray().add(reference(before)).add(reference(before))));
        }
        return object().put("$defs", definitions)
                .put("properties", new JsonObject().put("text", reference("d" + (levels - 1))));
    }
}

package io.flowmaestro.connections.local.proof.mcp;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.GZIPOutputStream;

/** One request that is answered badly. */
record Blow(Vertx vertx, HttpServerRequest request, JsonObject message) {
    private static final int MEBIBYTE = 1 << 20;
    private static final Buffer BOMB = zipped(64);

    Object id() {
        return message.getValue("id");
    }

    HttpServerResponse response() {
        return request.response();
    }

    void status(int status) {
        response().setStatusCode(status).end();
    }

    void json(String body) {
        Upstream.json(request, body);
    }

    void result(JsonObject result) {
        Upstream.result(request, message, result);
    }

    void schema(JsonObject schema) {
        result(Upstream.tools(Upstream.tool().put("inputSchema", schema)));
    }

    void events(JsonObject... messages) {
        var text = new StringBuilder();
        for (var each : messages) {
            text.append("data: ").append(each.encode()).append("\n\n");
        }
        response().putHeader("Content-Type", "text/event-stream").end(text.toString());
    }

    /** Goes on for as long as somebody reads. */
    void pour(String type, String beginning, String more) {
        response().setChunked(true).putHeader("Content-Type", type);
        if (!beginning.isEmpty()) {
            response().write(beginning);
        }
        var chunk = Buffer.buffer(more);
        response().drainHandler(_ -> fill(chunk));
        fill(chunk);
    }

    private void fill(Buffer chunk) {
        while (!response().closed() && !response().writeQueueFull()) {
            response().write(chunk);
        }
    }

    /** Always a little, never an end. */
    void drip(String type, String drop, long everyMillis) {
        response().setChunked(true).putHeader("Content-Type", type);
        vertx.setPeriodic(everyMillis, timer -> {
            if (response().closed()) {
                vertx.cancelTimer(timer);
            } else {
                response().write(drop);
            }
        });
    }

    /** More is promised than comes. */
    void half() {
        response().putHeader("Content-Length", "1000").write("{\"jsonrpc\"");
        vertx.setTimer(50, _ -> request.connection().close());
    }

    /** 64 MiB of nothing, in a few KiB. */
    void bomb() {
        response().putHeader("Content-Encoding", "gzip").putHeader("Content-Type", "application/json");
        response().end(BOMB);
    }

    private static Buffer zipped(int mebibytes) {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(bytes)) {
            var block = new byte[MEBIBYTE];
            for (int i = 0; i < mebibytes; i++) {
                zip.write(block);
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}

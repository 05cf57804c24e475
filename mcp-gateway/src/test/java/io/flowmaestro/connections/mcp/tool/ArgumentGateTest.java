package io.flowmaestro.connections.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.arguments.ArgumentChecks;
import io.flowmaestro.connections.mcp.mirror.MirroredParameters;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArgumentGateTest {

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
    private final ArgumentGate gate = new ArgumentGate(vertx, new ArgumentMetrics(metrics));

    @AfterEach
    void stop() {
        gate.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    /** Each check takes its whole time: a thousand states for each of the characters. */
    @Test
    void letsThroughUncheckedWhoWouldHaveToWaitForTooMany() {
        var json = JsonNodeFactory.instance;
        var schema = json.objectNode();
        schema.putObject("properties").putObject("path").put("pattern", "[ab]{1000}c");
        var tool = new ToolDefinition(new ArgumentChecks().of(schema), "", false, new MirroredParameters(List.of()));
        var slow = json.objectNode().put("path", "a".repeat(200_000));

        var passed = IntStream.range(0, 100)
                .mapToObj(_ -> gate.require(tool, slow).subscribeAsCompletionStage())
                .toList();
        passed.forEach(CompletableFuture::join);

        assertThat(counted("busy")).isPositive();
        assertThat(counted("busy") + counted("too_complex")).isEqualTo(100);
    }

    private double counted(String outcome) {
        return metrics.counter("mcp.tool.arguments", "outcome", outcome).count();
    }
}

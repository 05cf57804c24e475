package io.flowmaestro.connections.mcp.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.identity.Caller;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.testing.UsageInbox;
import io.flowmaestro.connections.testing.PeersResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.helpers.test.UniAssertSubscriber;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Callers who leave while their call begins: a call that is made is told of, and one that is not keeps no place. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class LeavingCallersTest {

    private final UUID alice = UUID.randomUUID();
    private final AtomicInteger made = new AtomicInteger();
    private final AtomicReference<UniEmitter<? super String>> opening = new AtomicReference<>();
    private final AtomicReference<UniEmitter<? super ObjectNode>> answer = new AtomicReference<>();
    private final UniAssertSubscriber<ObjectNode> caller = UniAssertSubscriber.create();

    @Inject
    ToolUsage usage;

    @Inject
    MeterRegistry metrics;

    private ToolUsage.Begun begun;

    @BeforeEach
    void begin() {
        UsageInbox.takesReports();
        begun = usage.begin(new Caller(alice, "worker", "worker"), UUID.randomUUID(), "echo");
    }

    private Uni<String> opening() {
        return Uni.createFrom().<String>emitter(opening::set);
    }

    private Uni<ObjectNode> call() {
        made.incrementAndGet();
        return Uni.createFrom().<ObjectNode>emitter(answer::set);
    }

    /** Those of other tests may be on their way, too. */
    private void assertThatNoPlaceIsKept() {
        var places = metrics.get("connections.usage.buffered").gauge();
        var end = Instant.now().plus(Duration.ofSeconds(20));
        while (places.value() > 0 && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(places.value()).isZero();
    }

    @Test
    void whileTheConnectionOpens() {
        begun.over(opening(), _ -> call()).subscribe().withSubscriber(caller);

        caller.cancel();
        opening.get().complete("open");

        assertThat(made).hasValue(0);
        assertThat(UsageInbox.afterAFlush(alice)).isEmpty();
        assertThatNoPlaceIsKept();
    }

    @Test
    void whileTheCallIsBeingMade() {
        begun.over(opening(), _ -> {
                    caller.cancel();
                    return call();
                })
                .subscribe()
                .withSubscriber(caller);

        opening.get().complete("open");
        answer.get().complete(McpJson.object());

        assertThat(made).hasValue(1);
        assertThat(UsageInbox.await(alice, 1)).hasSize(1);
    }

    /** Before the connection is open, after it, and in between. */
    @Test
    void onAnotherThreadAtAnyTime() {
        int third = 150;
        begun.slot().release();
        for (int round = 0; round < 3 * third; round++) {
            var opened = new AtomicReference<UniEmitter<? super String>>();
            var leaving = UniAssertSubscriber.<ObjectNode>create();
            usage.begin(new Caller(alice, "worker", "worker"), UUID.randomUUID(), "echo")
                    .over(Uni.createFrom().<String>emitter(opened::set), _ -> {
                        made.incrementAndGet();
                        return Uni.createFrom().item(McpJson.object());
                    })
                    .subscribe()
                    .withSubscriber(leaving);

            if (round < third) {
                leaving.cancel();
                opened.get().complete("open");
            } else if (round < 2 * third) {
                opened.get().complete("open");
                leaving.cancel();
            } else {
                var left = CompletableFuture.runAsync(leaving::cancel);
                opened.get().complete("open");
                left.join();
            }
        }

        assertThat(made.get()).isBetween(third, 2 * third);
        assertThat(UsageInbox.await(alice, made.get())).hasSize(made.get());
        assertThat(UsageInbox.afterAFlush(alice)).hasSize(made.get());
        assertThatNoPlaceIsKept();
    }
}

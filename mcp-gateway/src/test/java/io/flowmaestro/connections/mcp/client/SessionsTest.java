package io.flowmaestro.connections.mcp.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.mcp.core.Call;
import io.flowmaestro.connections.mcp.core.ClientSettings;
import io.flowmaestro.connections.mcp.core.Conversation;
import io.flowmaestro.connections.mcp.core.Interest;
import io.flowmaestro.connections.mcp.core.ServerFacts;
import io.flowmaestro.connections.mcp.core.Upstream;
import io.flowmaestro.connections.mcp.jsonrpc.Incoming;
import io.flowmaestro.connections.mcp.jsonrpc.McpJson;
import io.flowmaestro.connections.mcp.upstream.McpServer;
import io.flowmaestro.connections.mcp.upstream.ServerForm;
import io.flowmaestro.connections.mcp.upstream.ServerForms;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class SessionsTest {

    private static final int OF_ONE_USER = 400;

    @Inject
    ServerForms forms;

    @Inject
    ClientSettings settings;

    /** In the order of their opening. */
    private final List<Opened> opened = new ArrayList<>();

    private Sessions sessions;

    @BeforeEach
    void none() {
        sessions = new Sessions(
                (_, _) -> Uni.createFrom().item(() -> {
                    var conversation = new Opened();
                    opened.add(conversation);
                    return conversation;
                }),
                settings);
    }

    private WeakReference<McpServer> use(SessionKey key) {
        var server = forms.read(
                new ServerForm("https://mcp.example", null, null, null, null, null, null, null, null, 4000L));
        sessions.get(key, McpJson.object(), Upstream.of(server)).await().indefinitely();
        return new WeakReference<>(server);
    }

    private static SessionKey of(UUID user) {
        return new SessionKey(user, UUID.randomUUID(), 1);
    }

    @Test
    void ofOneUserThatAreTooManyTakeThePlaceOfTheirOwnAlone() {
        var other = of(UUID.randomUUID());
        use(other);
        var user = UUID.randomUUID();
        var first = of(user);
        use(first);
        var second = of(user);
        use(second);
        for (int number = 2; number < OF_ONE_USER; number++) {
            use(of(user));
        }
        use(first);
        assertThat(opened).noneMatch(conversation -> conversation.dropped);

        use(of(user));

        assertThat(sessions.keys())
                .hasSize(OF_ONE_USER + 1)
                .contains(other, first)
                .doesNotContain(second);
        assertThat(opened).filteredOn(conversation -> conversation.dropped).containsExactly(opened.get(2));
    }

    /** The server has the credential in its headers. */
    @Test
    void doNotHoldWhatTheyWereOpenedWith() {
        var server = use(of(UUID.randomUUID()));

        await().untilAsserted(() -> {
            System.gc();
            assertThat(server.get()).isNull();
        });
        assertThat(sessions.keys()).hasSize(1);
    }

    private static final class Opened implements Conversation {
        private boolean dropped;

        @Override
        public ServerFacts facts() {
            return ServerFacts.of("2025-11-25", McpJson.object(), McpJson.object());
        }

        @Override
        public Uni<ObjectNode> request(Upstream upstream, Call call) {
            return Uni.createFrom().item(McpJson.object());
        }

        @Override
        public Multi<Incoming.Notification> changes(Upstream upstream, Interest interest, Runnable opened) {
            return Multi.createFrom().empty();
        }

        @Override
        public long toolsChanged() {
            return 0;
        }

        @Override
        public long toolsTold() {
            return 0;
        }

        @Override
        public Uni<Void> close(Upstream upstream) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public void drop() {
            dropped = true;
        }
    }
}

package io.flowmaestro.connections.mcp.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.mcp.testing.Changing;
import io.flowmaestro.connections.testing.PeersResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

/** A client that subscribes to long addresses, with a server of its own that agrees to everything. */
@QuarkusTest
@QuarkusTestResource(PeersResource.class)
class SubscriptionBoundsTest extends SessionCase {

    private static JsonObject uri(char letter, int length) {
        return new JsonObject().put("uri", "a:" + String.valueOf(letter).repeat(length));
    }

    @Test
    void areForAllAddressesOfASessionTogether() {
        Changing.inSessions(server);
        var client = inSession();

        assertThat(client.request("resources/subscribe", uri('x', 8_000)).result())
                .isEqualTo(new JsonObject());
        assertThat(client.request("resources/subscribe", uri('x', 8_000)).result())
                .isEqualTo(new JsonObject());
        assertThat(client.request("resources/subscribe", uri('y', 9_000))
                        .error()
                        .getString("message"))
                .contains("16384 characters");
        assertThat(client.request("resources/subscribe", uri('z', 500_000))
                        .error()
                        .getString("message"))
                .contains("16384 characters");
        assertThat(client.request("resources/unsubscribe", uri('x', 8_000)).result())
                .isEqualTo(new JsonObject());
        assertThat(client.request("resources/subscribe", uri('y', 9_000)).result())
                .isEqualTo(new JsonObject());
    }

    @Test
    void areForAStreamOfTheNewestRevisionToo() {
        Changing.stateless(server);

        var answer = client().modern(
                        "subscriptions/listen",
                        new JsonObject()
                                .put(
                                        "notifications",
                                        new JsonObject()
                                                .put("resourceSubscriptions", Client.array("a:" + "x".repeat(20_000)))),
                        new JsonObject());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().getString("message")).contains("16384 characters");
    }

    /** It is kept for as long as the stream stands, by whoever has one. */
    @Test
    void areForAllThatARequestForAStreamSays() {
        var answer = client().modern(
                        "subscriptions/listen",
                        new JsonObject()
                                .put("notifications", new JsonObject().put("toolsListChanged", true))
                                .put("more", "x".repeat(70_000)),
                        new JsonObject());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().getString("message")).contains("65536 bytes");
    }

    /** A tree of them takes thirty times the bytes of the body. */
    @Test
    void areForTheValuesOfAMessage() {
        var answer = client().post("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":{\"x\":["
                + "{},".repeat(60_000) + "{}]}}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.error().getString("message")).contains("more than 100000 names, values and brackets");
    }
}

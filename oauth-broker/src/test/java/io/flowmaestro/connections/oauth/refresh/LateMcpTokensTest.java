package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.attempts;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishingFails;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.StoredCredential;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.flowmaestro.connections.testing.Peers;
import io.quarkus.test.junit.QuarkusTest;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tokens for an MCP server that arrived when nobody wanted them any more: no catalogue says where they could be revoked. */
@QuarkusTest
class LateMcpTokensTest extends ComponentTest {

    private static final Duration ROUNDS = Duration.ofSeconds(20);

    /** A name of its own, so that no fault of one test is another's. */
    private final String authorizationServer = "/as-" + UUID.randomUUID();

    private String data(String accessToken, Instant expiresAt, boolean revocable) {
        return """
            {"server_url":"%1$s/mcp","auth_type":"oauth2","access_token":"%2$s","refresh_token":"old-rt",
             "token_type":"Bearer","issued_at":%3$d,"expires_at":%4$d,"scope":[],"granted_at":1,"authorization":{
             "server_url":"%1$s/mcp","resource":"%1$s/mcp","issuer":"%1$s%5$s","authorization_endpoint":"%1$s%5$s/a",
             "token_endpoint":"%1$s%5$s/t"%6$s,"kept":{},
             "client":{"kind":"registered","id":"mcp-client","secret":"mcp-secret","auth_method":"client_secret_post"}}}\
            """.formatted(
                Peers.url(),
                accessToken,
                expiresAt.minusSeconds(3600).toEpochMilli(),
                expiresAt.toEpochMilli(),
                authorizationServer,
                revocable ? ",\"revocation_endpoint\":\"" + Peers.url() + authorizationServer + "/revoke\"" : "");
    }

    /** Renewed while its user signs in again, so that the new tokens are too late. */
    private StoredCredential renewedTooLate(boolean revocable) {
        Suite.peers()
                .register(post(authorizationServer + "/t")
                        .willReturn(Suite.json(200, ROTATED).withFixedDelay(500)));
        var stored = StoredCredential.of(
                        "mcp", "mcp-generic", data("old-at", Instant.now().minusSeconds(100), revocable))
                .store();
        publishingFails(stored, 409);
        var answer = CompletableFuture.supplyAsync(() -> use(stored), Executors.newVirtualThreadPerTaskExecutor());
        await().until(() -> attempts(stored, "sent") == 1);
        stored.at(2, data("winners-at", Instant.now().plusSeconds(3600), revocable))
                .store();
        answer.join().then().statusCode(200);
        return stored;
    }

    private void revoking(int status) {
        Suite.peers().register(post(authorizationServer + "/revoke").willReturn(Suite.json(status, "")));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400})
    void areRevokedOnceAtTheAuthorizationServerThatIssuedThem(int status) {
        revoking(status);
        var stored = renewedTooLate(true);

        await().atMost(ROUNDS).until(() -> attempts(stored, "failed") == 1);
        assertThat(Suite.requests(RequestMethod.POST, authorizationServer + "/revoke"))
                .singleElement()
                .satisfies(request -> assertThat(request.getBodyAsString())
                        .contains("token=new-rt", "client_id=mcp-client", "client_secret=mcp-secret"));
    }

    @Test
    void areLeftToLapseWhereItHasNoRevocation() {
        var stored = renewedTooLate(false);

        await().atMost(ROUNDS).until(() -> attempts(stored, "failed") == 1);
        assertThat(Suite.requests(RequestMethod.POST, authorizationServer + "/revoke"))
                .isEmpty();
    }

    @Test
    void areKeptUntilItAnswers() {
        revoking(503);
        var stored = renewedTooLate(true);

        await().atMost(ROUNDS)
                .until(() -> !Suite.requests(RequestMethod.POST, authorizationServer + "/revoke")
                        .isEmpty());
        assertThat(attempts(stored, "unwanted")).isOne();
    }
}

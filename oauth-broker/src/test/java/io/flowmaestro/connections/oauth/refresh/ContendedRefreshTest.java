package io.flowmaestro.connections.oauth.refresh;

import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.MOVED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.RACE;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.ROTATED;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.attempts;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.due;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.expired;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.leased;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.leases;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.moving;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.newer;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.published;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.publishing;
import static io.flowmaestro.connections.oauth.refresh.Refreshing.use;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.github.tomakehurst.wiremock.http.RequestMethod;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.flowmaestro.connections.oauth.testing.ComponentTest;
import io.flowmaestro.connections.oauth.testing.Suite;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Several replicas, a user and a refresh at the same connection. */
@QuarkusTest
class ContendedRefreshTest extends ComponentTest {

    @Inject
    ProviderHealth health;

    /** What one test did to the provider is no concern of the next. */
    @BeforeEach
    void forgetFaults() {
        health.answered(Refreshing.ACME);
    }

    @Nested
    class Leases {

        @Test
        void heldByAnotherReplicaAreWaitedForAndItsTokensServed() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            leased(stored, "30 seconds");
            var answer = CompletableFuture.supplyAsync(() -> use(stored));
            await().pollDelay(Duration.ofMillis(600)).until(() -> !answer.isDone());
            newer(stored).store();
            answer.join()
                    .then()
                    .statusCode(200)
                    .body("data.access_token", equalTo("winners-at"))
                    .body("data.credential_version", equalTo(2));
            assertThat(Suite.tokenRequests()).isZero();
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())).isEmpty();
        }

        @Test
        void thatHaveLapsedAreTakenOver() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored);
            leased(stored, "-1 second");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }

        @Test
        void thatLapseWhileOneWaitsAreTakenOver() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired().store();
            publishing(stored);
            leased(stored, "700 milliseconds");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("new-at"));
        }

        @Test
        void heldByAnotherReplicaDoNotKeepBackATokenThatIsStillGood() {
            var stored = due().store();
            leased(stored, "30 seconds");
            use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(Suite.tokenRequests()).isZero();
        }

        @Test
        void areNotTakenAgainWhileTheProvidersAnswerMayStillTurnUp() {
            Suite.tokenAnswer(Suite.json(200, ROTATED).withFixedDelay(2500));
            var stored = due().store();
            use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            await().until(() -> attempts(stored, "sent") == 1);
            use(stored).then().statusCode(200).body("data.access_token", equalTo("old-at"));
            assertThat(Suite.tokenRequests()).isEqualTo(1);
        }
    }

    @Nested
    class Generations {

        @Test
        void thatMovedBeforeTheClaimKeepTheProviderFromBeingCalled() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = expired();
            Suite.peers()
                    .register(stored.read()
                            .inScenario(RACE)
                            .whenScenarioStateIs(Scenario.STARTED)
                            .willSetStateTo(MOVED));
            newer(stored).storeIn(RACE, MOVED);
            published(stored, 1);
            use(stored).then().statusCode(200).body("data.access_token", equalTo("winners-at"));
            assertThat(Suite.tokenRequests()).isZero();
            assertThat(leases(stored)).isZero();
        }

        @Test
        void thatMovedDuringTheCallAreServedAndNotOverwritten() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = moving(expired());
            Suite.peers()
                    .register(put(stored.path())
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(409, "{\"code\":\"credential-generation-moved\"}")));
            use(stored)
                    .then()
                    .statusCode(200)
                    .body("data.access_token", equalTo("winners-at"))
                    .body("data.credential_version", equalTo(2));
            assertThat(Suite.requests(RequestMethod.PUT, stored.path())).hasSize(1);
        }

        @Test
        void thatMovedAreNotExpiredByADeadGrant() {
            var stored = moving(expired());
            Suite.peers()
                    .register(post(Suite.TOKEN_PATH)
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(400, "{\"error\":\"invalid_grant\"}")));
            use(stored).then().statusCode(200).body("data.access_token", equalTo("winners-at"));
            assertThat(Suite.requests(RequestMethod.PUT, stored.statusPath())).isEmpty();
        }

        @Test
        void thatMoveBetweenTheLookAndTheMarkAreServed() {
            Suite.tokenAnswer(Suite.json(400, "{\"error\":\"invalid_grant\"}"));
            var stored = moving(expired());
            Suite.peers()
                    .register(put(stored.statusPath())
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(409, "{}")));
            use(stored).then().statusCode(200).body("data.access_token", equalTo("winners-at"));
        }

        @Test
        void thatMovedToARevokedConnectionServeNothing() {
            Suite.tokenAnswer(Suite.json(200, ROTATED));
            var stored = due();
            stored.storeIn(RACE, Scenario.STARTED);
            newer(stored).withStatus("revoked").storeIn(RACE, MOVED);
            Suite.peers()
                    .register(put(stored.path())
                            .inScenario(RACE)
                            .willSetStateTo(MOVED)
                            .willReturn(Suite.json(409, "{}")));
            use(stored).then().statusCode(409).body("code", equalTo("connection-not-active"));
        }
    }
}

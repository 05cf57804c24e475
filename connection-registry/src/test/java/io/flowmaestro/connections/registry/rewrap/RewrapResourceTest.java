package io.flowmaestro.connections.registry.rewrap;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.oneOf;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class RewrapResourceTest {

    @Inject
    Workers workers;

    @Inject
    Claims claims;

    @BeforeEach
    void onlyTheTestWorks() throws SQLException {
        workers.rest();
        Registry.peersThatWork();
        ScriptedVault.renews();
        Rows.clear();
    }

    @AfterEach
    void theScheduleWorksAgain() throws SQLException {
        Rows.clear();
        workers.resume();
    }

    private static ValidatableResponse start() {
        return given().auth().oauth2(Tokens.admin()).post("/internal/rewrap").then();
    }

    private static ValidatableResponse progress() {
        return given().auth().oauth2(Tokens.admin()).get("/internal/rewrap").then();
    }

    @Nested
    class Start {
        @Test
        void beginsARun() throws SQLException {
            Rows.many(2, 3);

            start().statusCode(202)
                    .body("success", equalTo(true))
                    .body("data.started_at", notNullValue())
                    .body("data.finished_at", nullValue())
                    .body("data.total", equalTo(6))
                    .body("data.remaining", equalTo(6))
                    .body("data.rewrapped", equalTo(0))
                    .body("data.unchanged", equalTo(0))
                    .body("data.failed", equalTo(0))
                    .body("data.failed_connections", empty())
                    .body("data.rows_per_second", equalTo(0.0f))
                    .body("data.waiting_for_vault", equalTo(false))
                    .body("data.follow_up", equalTo(false));
        }

        @Test
        void joinsTheUnfinishedRun() throws SQLException {
            Rows.one(ALICE, "x");
            int first = start().statusCode(202).extract().path("data.run_number");

            start().statusCode(202).body("data.run_number", equalTo(first)).body("data.follow_up", equalTo(false));
            assertThat(Rows.count("select count(*) from registry.rewrap_runs")).isEqualTo(1);
        }

        @Test
        void makesOneRunHoweverManyAskAtOnce() throws SQLException {
            Rows.one(ALICE, "x");

            List<Integer> numbers = Stream.generate(() -> CompletableFuture.supplyAsync(
                            () -> start().statusCode(202).extract().<Integer>path("data.run_number")))
                    .limit(8)
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .distinct()
                    .toList();

            assertThat(numbers).hasSize(1);
            assertThat(Rows.count("select count(*) from registry.rewrap_runs")).isEqualTo(1);
        }

        /** The key may have been rotated after the first rows were handed to the vault. */
        @Test
        void hasAnotherRunFollowWhenRowsWereInHandAlready() throws SQLException {
            Rows.one(ALICE, "x");
            long run = workers.started();
            Claim claim = Workers.await(claims.claim(run, 1)).orElseThrow();

            start().statusCode(202).body("data.run_number", equalTo((int) run)).body("data.follow_up", equalTo(true));

            Workers.await(claims.release(claim, claim.rows().get(ALICE)));
            workers.turn();
            assertThat(workers.progress().runNumber()).isEqualTo(run + 1);
            workers.turn();
            progress().body("data.run_number", equalTo((int) run + 1)).body("data.finished_at", notNullValue());
            assertThat(ScriptedVault.asked()).hasSize(2);
        }

        @Test
        void beginsAnewOnceTheLastRunIsFinished() throws SQLException {
            Rows.one(ALICE, "x");
            long first = workers.started();
            workers.turn();

            assertThat(workers.started()).isGreaterThan(first);
            workers.turn();
            assertThat(ScriptedVault.asked()).hasSize(2);
        }
    }

    @Nested
    class Progress {
        @Test
        void isMissingBeforeTheFirstRun() {
            progress().statusCode(404).body("code", equalTo("rewrap-run-not-found"));
        }

        @Test
        void reachesItsEndByTheScheduleAlone() throws SQLException {
            Rows.many(5, 4);
            start().statusCode(202);

            workers.resume();

            await().atMost(Duration.ofSeconds(15))
                    .untilAsserted(() -> progress().statusCode(200).body("data.finished_at", notNullValue()));
            progress()
                    .body("data.total", equalTo(20))
                    .body("data.rewrapped", equalTo(20))
                    .body("data.remaining", equalTo(0));
        }

        @Test
        void comesBackByItselfWhenTheVaultDoes() throws SQLException {
            Rows.many(2, 2);
            ScriptedVault.isAway();
            start().statusCode(202);
            workers.resume();
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> progress().body("data.waiting_for_vault", equalTo(true)));

            ScriptedVault.renews();

            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> progress().body("data.finished_at", notNullValue()));
            progress().body("data.rewrapped", equalTo(4)).body("data.waiting_for_vault", equalTo(false));
        }
    }

    @Nested
    class Callers {
        static Stream<Arguments> callers() {
            return Stream.of(
                    Arguments.of("admin", Tokens.admin(), 202),
                    Arguments.of("service for nobody", Tokens.service("credential-vault"), 202),
                    Arguments.of("user", Tokens.user(ALICE), 403),
                    Arguments.of("expired", Tokens.expired(ALICE), 401));
        }

        @ParameterizedTest(name = "{0}")
        @MethodSource("callers")
        void areOperatorsAndServicesOnly(String name, String token, int status) {
            given().auth().oauth2(token).post("/internal/rewrap").then().statusCode(status);
            given().auth().oauth2(token).get("/internal/rewrap").then().statusCode(status == 202 ? 200 : status);
        }

        @Test
        void whoAreWorkersAreRefused() {
            given().auth()
                    .oauth2(Tokens.worker())
                    .header("X-On-Behalf-Of", ALICE.toString())
                    .post("/internal/rewrap")
                    .then()
                    .statusCode(403);
        }

        @ParameterizedTest
        @ValueSource(strings = {"/api/rewrap", "/api/internal/rewrap", "/rewrap", "/api/connections/rewrap"})
        void findNothingUnderPublicPaths(String path) throws SQLException {
            given().auth().oauth2(Tokens.admin()).post(path).then().statusCode(oneOf(403, 404, 405));
            assertThat(Rows.count("select count(*) from registry.rewrap_runs")).isZero();
        }
    }
}

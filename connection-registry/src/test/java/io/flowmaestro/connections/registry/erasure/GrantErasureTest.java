package io.flowmaestro.connections.registry.erasure;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.ENVELOPE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers have granted to a user who is erased. */
@RegistryTest
class GrantErasureTest {

    private static final String STEP = "data.steps.'provider-grants'.";

    private static final UUID LAST_BUT_ONE = UUID.fromString("ffffffff-ffff-4fff-bfff-fffffffffffe");
    private static final UUID LAST = UUID.fromString("ffffffff-ffff-4fff-bfff-ffffffffffff");

    private final UUID carol = UUID.randomUUID();
    private final String path = "/internal/users/" + carol + "/revocations";

    @BeforeEach
    void peersErase() {
        Registry.peersThatWork();
        for (String erased : List.of("/internal/users/" + carol, "/internal/users/" + carol + "/keys")) {
            peers().register(delete(urlPathEqualTo(erased)).willReturn(json(200, "{\"success\": true, \"data\": {}}")));
        }
    }

    private static ResponseDefinitionBuilder json(int status, String body) {
        return aResponse()
                .withStatus(status)
                .withHeader("Content-Type", "application/json")
                .withBody(body);
    }

    private void brokerAnswers(ResponseDefinitionBuilder answer) {
        peers().register(post(urlPathEqualTo(path)).willReturn(answer));
    }

    /** What goes before the broker's other answers for the batch that this connection is in. */
    private void brokerAnswersFor(UUID connection, ResponseDefinitionBuilder answer) {
        peers().register(post(urlPathEqualTo(path))
                .withRequestBody(containing(connection.toString()))
                .willReturn(answer));
    }

    private static ResponseDefinitionBuilder revoked(List<String> ids) {
        return outcomes(ids.stream().map(id -> id + " revoked").toArray(String[]::new));
    }

    private static ResponseDefinitionBuilder outcomes(String... idsAndOutcomes) {
        return json(
                200,
                Arrays.stream(idsAndOutcomes)
                        .map(each -> each.split(" "))
                        .map(each -> "{\"id\": \"%s\", \"outcome\": \"%s\"}".formatted(each[0], each[1]))
                        .collect(Collectors.joining(",", "{\"success\": true, \"data\": {\"connections\": [", "]}}")));
    }

    private String granted(String provider) {
        return granted(UUID.randomUUID(), provider);
    }

    private String granted(UUID id, String provider) {
        return created(id, """
                "connection_method": "oauth2", "provider": "%s", "metadata": {}""".formatted(provider));
    }

    private String signedIn(UUID id) {
        return created(id, """
                "connection_method": "mcp", "provider": "mcp-generic", "mcp_server_url": "https://mcp.example/mcp",
                "metadata": {"config": {"server_url": "https://mcp.example/mcp", "auth_type": "oauth2"}}""");
    }

    private String created(UUID id, String members) {
        broker(carol)
                .body("{\"id\": \"%s\", \"name\": \"hers\", \"envelope\": %s, %s}".formatted(id, ENVELOPE, members))
                .post("/internal/connections")
                .then()
                .statusCode(201);
        return id.toString();
    }

    private List<String> twentyGranted() {
        return IntStream.range(0, 20).mapToObj(_ -> granted("github")).toList();
    }

    private ValidatableResponse erase() {
        return given().auth()
                .oauth2(Tokens.admin())
                .delete("/api/users/{id}", carol)
                .then();
    }

    private ValidatableResponse state() {
        return given().auth()
                .oauth2(Tokens.admin())
                .get("/api/users/{id}/erasure", carol)
                .then();
    }

    private List<LoggedRequest> asked() {
        return peers().find(postRequestedFor(urlPathEqualTo(path)));
    }

    private String rows() throws SQLException {
        return sql("select count(*) from registry.connections where user_id = '" + carol + "'");
    }

    @Test
    void isEndedAtTheProvidersBeforeTheKeysAreDestroyed() throws Exception {
        String first = granted("github");
        String second = granted("slack");
        stored(carol, "openai");
        brokerAnswers(outcomes(first + " revoked", second + " revoked"));

        erase().statusCode(200)
                .body(STEP + "grants", equalTo(2))
                .body(STEP + "revoked", equalTo(2))
                .body(STEP + "unreached", equalTo(0))
                .body(STEP + "detail", startsWith("A token that was being renewed when the erasure began may live"));

        assertThat(asked()).singleElement().satisfies(request -> {
            assertThat(request.getHeader("X-On-Behalf-Of")).isEqualTo(carol.toString());
            assertThat(request.getBodyAsString()).contains(first, second, "github", "slack", "c2VhbGVk");
        });
        assertThat(peers().getServeEvents().stream()
                        .sorted(Comparator.comparing(event -> event.getRequest().getLoggedDate()))
                        .map(ServeEvent::getRequest)
                        .map(LoggedRequest::getUrl)
                        .filter(url -> url.startsWith("/internal/users/" + carol)))
                .containsSubsequence(path, "/internal/users/" + carol, "/internal/users/" + carol + "/keys");
        assertThat(rows()).isEqualTo("0");
    }

    @Test
    void isOutOfUseWhileItIsBeingEnded() throws Exception {
        String id = granted("github");
        brokerAnswers(outcomes(id + " revoked").withFixedDelay(1500));

        var erased = CompletableFuture.supplyAsync(this::erase);
        await().until(() -> !asked().isEmpty());
        as(carol).get("/api/connections/{id}", id).then().statusCode(404);
        broker(carol).get("/internal/connections/{id}/credential", id).then().statusCode(404);

        erased.join().statusCode(200).body(STEP + "revoked", equalTo(1));
    }

    @Test
    void isCountedByWhatBecameOfItAndSaysThatNobodyTriesAgain() {
        String revoked = granted("github");
        String notOffered = granted("slack");
        String refused = granted("notion");
        String unreached = granted("google");
        String unnamed = granted("figma");
        brokerAnswers(outcomes(
                revoked + " revoked",
                notOffered + " not_offered",
                refused + " refused",
                unreached + " unreached",
                unnamed + " something-new"));

        erase().statusCode(200)
                .body("data.finished_at", notNullValue())
                .body(STEP + "grants", equalTo(5))
                .body(STEP + "revoked", equalTo(1))
                .body(STEP + "not_offered", equalTo(1))
                .body(STEP + "refused", equalTo(1))
                .body(STEP + "unreached", equalTo(2))
                .body(STEP + "detail", containsString("Tokens of 4 connections"))
                .body(STEP + "detail", containsString("not tried again"));
    }

    @Test
    void isAskedForInPortionsAndAProviderThatIsAwayIsNotWaitedForAgain() {
        twentyGranted();
        granted(LAST_BUT_ONE, "github");
        String other = granted(LAST, "slack");
        brokerAnswers(outcomes(other + " revoked"));

        erase().statusCode(200)
                .body(STEP + "grants", equalTo(22))
                .body(STEP + "unreached", equalTo(21))
                .body(STEP + "revoked", equalTo(1));

        assertThat(asked()).hasSize(2);
        assertThat(asked())
                .filteredOn(request -> request.getBodyAsString().contains(other))
                .singleElement()
                .satisfies(request -> assertThat(request.getBodyAsString()).doesNotContain("github"));
    }

    @Test
    void isAskedForAgainAtAProviderThatListenedToOneOfABatch() {
        var first = twentyGranted();
        String last = granted(LAST, "github");
        brokerAnswers(outcomes(first.getFirst() + " revoked"));
        brokerAnswersFor(LAST, outcomes(last + " revoked"));

        erase().statusCode(200).body(STEP + "revoked", equalTo(2)).body(STEP + "unreached", equalTo(19));
    }

    @Test
    void isAskedForAtEveryMcpServerWhateverAnotherOneDoes() {
        for (int i = 0; i < 20; i++) {
            signedIn(UUID.randomUUID());
        }
        String last = signedIn(LAST);
        brokerAnswers(outcomes());
        brokerAnswersFor(LAST, outcomes(last + " revoked"));

        erase().statusCode(200).body(STEP + "revoked", equalTo(1)).body(STEP + "unreached", equalTo(20));

        assertThat(asked()).extracting(LoggedRequest::getBodyAsString).allMatch(body -> body.contains("\"mcp\""));
    }

    @Test
    void isAskedForOnceWhereATryBreaksOffAfterItWasEnded() throws Exception {
        var first = twentyGranted();
        String last = granted(LAST, "github");
        brokerAnswers(revoked(first));
        brokerAnswersFor(LAST, json(503, "{}"));
        erase().statusCode(202);
        brokerAnswersFor(LAST, outcomes(last + " revoked"));

        triedAgainUntilItIsFinished();

        state().body(STEP + "grants", equalTo(21)).body(STEP + "revoked", equalTo(21));
        assertThat(asked())
                .filteredOn(request -> request.getBodyAsString().contains(first.getFirst()))
                .hasSize(1);
    }

    @Test
    void isAskedForAtTheLastTryThoughTheBrokerFailedForOthersOfItsProvider() throws Exception {
        twentyGranted();
        String last = granted(LAST, "github");
        brokerAnswers(json(503, "{}"));
        brokerAnswersFor(LAST, outcomes(last + " revoked"));
        erase().statusCode(202);

        triedAgainUntilItIsFinished();

        state().body(STEP + "revoked", equalTo(1)).body(STEP + "unreached", equalTo(20));
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 503})
    void isGivenUpWhenTheBrokerIsAwayForTheThirdTime(int status) throws Exception {
        granted("github");
        brokerAnswers(json(status, "{}"));

        erase().statusCode(202)
                .body("data.last_error", containsString("oauth-broker did not end the user's grants"))
                .body(STEP + "grants", nullValue());
        assertThat(rows()).as("what is needed to try again is there").isEqualTo("1");

        triedAgainUntilItIsFinished();
        state().body(STEP + "unreached", equalTo(1));
        assertThat(asked()).hasSize(3);
        assertThat(rows()).isEqualTo("0");
    }

    /** As if the ten seconds between two tries had gone by. */
    private void triedAgainUntilItIsFinished() {
        String mine = " registry.erasures %s where user_id = '" + carol + "'";
        await().atMost(Duration.ofSeconds(40)).until(() -> {
            update("update" + mine.formatted("set claimed_until = now()")
                    + " and claimed_until < now() + interval '1 minute'");
            return sql("select finished_at from" + mine.formatted("")) != null;
        });
    }

    @Test
    void isEndedWhenTheBrokerComesBackInTime() throws Exception {
        String id = granted("github");
        brokerAnswers(json(503, "{}"));
        erase().statusCode(202);
        brokerAnswers(outcomes(id + " revoked"));

        triedAgainUntilItIsFinished();

        state().body(STEP + "revoked", equalTo(1)).body(STEP + "unreached", equalTo(0));
    }

    @Test
    void isAskedForOfDeletedConnectionsTooAndNotOfThoseThatAreEnded() throws Exception {
        String deleted = granted("github");
        as(carol).delete("/api/connections/{id}", deleted).then().statusCode(200);
        String ended = granted("slack");
        update("update registry.connections set deleted_at = now(), revoked_at_provider = now() where id = '" + ended
                + "'");
        brokerAnswers(outcomes(deleted + " revoked"));

        erase().statusCode(200).body(STEP + "grants", equalTo(1)).body(STEP + "revoked", equalTo(1));

        assertThat(asked())
                .singleElement()
                .satisfies(request ->
                        assertThat(request.getBodyAsString()).contains(deleted).doesNotContain(ended));
    }

    @Test
    void isNobodysMatterWhereThereIsNone() {
        stored(carol, "openai");

        erase().statusCode(200).body(STEP + "grants", equalTo(0)).body(STEP + "detail", nullValue());

        assertThat(asked()).isEmpty();
    }
}

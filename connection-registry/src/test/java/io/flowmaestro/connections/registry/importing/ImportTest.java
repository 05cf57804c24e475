package io.flowmaestro.connections.registry.importing;

import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.RequestMethod;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class ImportTest {

    private final UUID carol = UUID.randomUUID();
    private final UUID dave = UUID.randomUUID();
    private final UUID id = UUID.randomUUID();

    @BeforeEach
    void vaultTakesOver() {
        Registry.peersThatWork();
        vault("{\"envelope\": " + Registry.ENVELOPE + "}");
    }

    private static void vault(String results) {
        Registry.answer(
                "/internal/import/batch", 200, "{\"success\": true, \"data\": {\"results\": [" + results + "]}}");
    }

    private static String row(UUID id, UUID user, String more) {
        return """
                {"id": "%s", "user_id": "%s", "name": "Old", "connection_method": "api_key", "provider": "openai",
                 "status": "active", "legacy_envelope": {"iv": "00", "data": "00", "authTag": "00"},
                 "created_at": "2024-01-02T03:04:05Z" %s}""".formatted(id, user, more);
    }

    private static ValidatableResponse send(String rows, String query) {
        return given().auth()
                .oauth2(Tokens.admin())
                .contentType(ContentType.JSON)
                .body("{\"connections\": [" + rows + "]}")
                .post("/internal/imports/connections" + query)
                .then();
    }

    @Test
    void keepsIdTimesAndStateAndStoresTheVaultsEnvelope() throws Exception {
        send(row(id, carol, """
                                , "last_used_at": "2024-05-01T00:00:00Z", "metadata": {"email": "a@example.org"},
                                "mcp_tools": null, "updated_at": "2024-02-01T00:00:00Z" """), "")
                .statusCode(200)
                .body("data.results", hasSize(1))
                .body("data.results[0].id", equalTo(id.toString()))
                .body("data.results[0].outcome", equalTo("imported"));

        as(carol)
                .get("/api/connections/{id}", id)
                .then()
                .statusCode(200)
                .body("data.created_at", equalTo("2024-01-02T03:04:05Z"))
                .body("data.updated_at", equalTo("2024-02-01T00:00:00Z"))
                .body("data.last_used_at", equalTo("2024-05-01T00:00:00Z"))
                .body("data.metadata.email", equalTo("a@example.org"));
        assertThat(sql("select data->>'ciphertext' from registry.connections where id = '" + id + "'"))
                .isEqualTo("c2VhbGVk");
        as(carol).get("/api/connections/{id}/events", id).then().body("data[0].type", equalTo("imported"));
        peers().verifyThat(postRequestedFor(urlPathEqualTo("/internal/import/batch"))
                .withHeader("X-On-Behalf-Of", WireMock.equalTo(carol.toString()))
                .withRequestBody(equalToJson("""
                        {"items": [{"connection_id": "%s", "purpose": "connection-data",
                                    "legacy_envelope": {"iv": "00", "data": "00", "authTag": "00"}}]}""".formatted(id))));
    }

    @Test
    void leavesWhatIsThereAsItIs() {
        send(row(id, carol, ""), "").body("data.results[0].outcome", equalTo("imported"));
        as(carol)
                .body("{\"name\": \"New\"}")
                .put("/api/connections/{id}", id)
                .then()
                .statusCode(200);

        send(row(id, carol, ""), "").statusCode(200).body("data.results[0].outcome", equalTo("unchanged"));

        as(carol).get("/api/connections/{id}", id).then().body("data.name", equalTo("New"));
    }

    @Nested
    class OnADryRun {

        private static final String BOTH = "{\"form\": \"json\"}, {\"form\": \"compact\"}";
        private static final String LACKS =
                "{\"form\": \"%s\", \"error\": {\"code\": \"legacy-key-missing\", \"detail\": \"Set %s.\"}}";

        @BeforeEach
        void vaultHasBothKeys() {
            has(BOTH);
        }

        private static void has(String forms) {
            answers(200, "{\"success\": true, \"data\": {\"forms\": [" + forms + "]}}");
        }

        private static void answers(int status, String body) {
            peers().register(WireMock.get(urlPathEqualTo("/internal/import/forms"))
                    .willReturn(WireMock.aResponse()
                            .withStatus(status)
                            .withHeader("Content-Type", status < 400 ? "application/json" : "application/problem+json")
                            .withBody(body)));
        }

        private static String compact(UUID id, UUID user) {
            return row(id, user, "").replace("{\"iv\": \"00\", \"data\": \"00\", \"authTag\": \"00\"}", "\"c2VhbGVk\"");
        }

        /** An envelope that does not open pages whoever is on call for the vault. */
        @Test
        void nothingIsWrittenAndTheVaultIsAskedOnceAndGivenNothingToOpen() throws Exception {
            send(row(id, carol, "") + "," + compact(UUID.randomUUID(), dave), "?dry_run=true")
                    .statusCode(200)
                    .body("data.results.outcome", contains("would_import", "would_import"))
                    .body("data.results.detail", everyItem(nullValue()));

            assertThat(sql("select count(*) from registry.connections where id = '" + id + "'"))
                    .isEqualTo("0");
            assertThat(peers().find(anyRequestedFor(urlPathMatching("/internal/import.*"))))
                    .singleElement()
                    .satisfies(asked -> {
                        assertThat(asked.getMethod()).isEqualTo(RequestMethod.GET);
                        assertThat(asked.getUrl()).isEqualTo("/internal/import/forms");
                        assertThat(asked.getHeader("X-On-Behalf-Of")).isEqualTo("00000000-0000-0000-0000-000000000001");
                    });
        }

        @Test
        void rowsWhoseKeyTheVaultLacksAreRefusedByTheirForm() {
            UUID other = UUID.randomUUID();
            String rows = row(id, carol, "") + "," + compact(other, carol);

            has(LACKS.formatted("json", "LEGACY_ENCRYPTION_KEY") + ", {\"form\": \"compact\"}");
            send(rows, "?dry_run=true")
                    .statusCode(200)
                    .body("data.results[0].outcome", equalTo("refused"))
                    .body("data.results[0].code", equalTo("legacy-key-missing"))
                    .body("data.results[0].detail", equalTo("Set LEGACY_ENCRYPTION_KEY."))
                    .body("data.results[1].outcome", equalTo("would_import"));

            has("{\"form\": \"json\"}, " + LACKS.formatted("compact", "LEGACY_CREDENTIALS_KEY"));
            send(rows, "?dry_run=true")
                    .body("data.results[0].outcome", equalTo("would_import"))
                    .body("data.results[1].code", equalTo("legacy-key-missing"))
                    .body("data.results[1].detail", equalTo("Set LEGACY_CREDENTIALS_KEY."));
        }

        @ParameterizedTest
        @ValueSource(ints = {404, 405})
        void aVaultOfAnEarlierVersionIsSaidNotToTell(int status) {
            answers(status, "{\"code\": \"not-found\"}");

            send(row(id, carol, ""), "?dry_run=true")
                    .statusCode(200)
                    .body("data.results[0].outcome", equalTo("would_import"))
                    .body("data.results[0].detail", containsString("earlier version"));
        }

        @Test
        void aVaultThatIsAwayIsToldBeforehand() {
            answers(503, "{}");

            send(row(id, carol, ""), "?dry_run=true")
                    .statusCode(503)
                    .body("code", equalTo("vault-unavailable"))
                    .header("Retry-After", notNullValue());
        }

        @Test
        void anAnswerThatNamesNoFormsIsNone() {
            answers(200, "{\"success\": true, \"data\": {}}");

            send(row(id, carol, ""), "?dry_run=true").statusCode(503).body("code", equalTo("vault-unavailable"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "?dry_run=true"})
        void aVaultThatDoesNotPermitItIsToldWithoutAskingForPatience(String query) {
            Registry.answer("/internal/import/batch", 403, "{\"code\": \"operation-not-allowed\"}");
            answers(403, "{\"code\": \"operation-not-allowed\"}");

            send(row(id, carol, ""), query)
                    .statusCode(409)
                    .body("code", equalTo("import-not-permitted"))
                    .body("detail", containsString("refuses the registry (403)"));
        }
    }

    @Test
    void keepsDeletedRowsDeleted() {
        send(row(id, carol, ", \"deleted_at\": \"2026-11-20T00:00:00Z\""), "")
                .body("data.results[0].outcome", equalTo("imported"));

        as(carol).get("/api/connections/{id}", id).then().statusCode(404);
    }

    @Test
    void refusesARowWithoutTouchingTheOthers() {
        UUID bad = UUID.randomUUID();
        send(row(bad, carol, ", \"surprise\": 1") + ", " + row(id, carol, "") + ", 7", "")
                .statusCode(200)
                .body("data.results", hasSize(3))
                .body("data.results[0].id", equalTo(bad.toString()))
                .body("data.results[0].outcome", equalTo("refused"))
                .body("data.results[0].code", equalTo("validation-failed"))
                .body("data.results[0].detail", containsString("surprise"))
                .body("data.results[1].outcome", equalTo("imported"))
                .body("data.results[2].outcome", equalTo("refused"));
    }

    @Test
    void tellsWhatTheVaultRefused() {
        vault("{\"error\": {\"code\": \"legacy-key-missing\", \"detail\": \"Set LEGACY_ENCRYPTION_KEY.\"}}");

        send(row(id, carol, ""), "")
                .body("data.results[0].outcome", equalTo("refused"))
                .body("data.results[0].code", equalTo("legacy-key-missing"))
                .body("data.results[0].detail", equalTo("Set LEGACY_ENCRYPTION_KEY."));
    }

    @Test
    void refusesAnIdThatIsAnotherUsers() {
        send(row(id, carol, ""), "").body("data.results[0].outcome", equalTo("imported"));

        send(row(id, dave, ""), "")
                .body("data.results[0].outcome", equalTo("refused"))
                .body("data.results[0].code", equalTo("connection-id-taken"));
    }

    @Test
    void waitsForTheVault() {
        Registry.answer("/internal/import/batch", 503, "{}");

        send(row(id, carol, ""), "").statusCode(503).header("Retry-After", notNullValue());
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "{\"connections\": []}", "{\"connections\": 7}"})
    void refusesABodyThatIsNoBatch(String body) {
        given().auth()
                .oauth2(Tokens.admin())
                .contentType(ContentType.JSON)
                .body(body)
                .post("/internal/imports/connections")
                .then()
                .statusCode(400);
    }

    @Test
    void isForOperators() {
        as(carol)
                .body("{\"connections\": []}")
                .post("/internal/imports/connections")
                .then()
                .statusCode(403);
    }
}

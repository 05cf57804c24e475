package io.flowmaestro.connections.registry.provider;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.peers;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.flowmaestro.connections.registry.provider.Administrators.admin;
import static io.flowmaestro.connections.registry.provider.Administrators.client;
import static io.flowmaestro.connections.registry.provider.Administrators.clients;
import static io.flowmaestro.connections.registry.provider.Administrators.definition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.catalog.ProviderFileException;
import io.flowmaestro.connections.catalog.ProviderFileParser;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class ProviderAdminTest {

    private static final String RECORD = "a3580d55-77b5-5d1c-adaf-131dbf107bb8";

    @Inject
    DefinedCatalog catalog;

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    @AfterEach
    void nothingIsDefined() throws Exception {
        update("delete from registry.providers");
        catalog.refresh().await().indefinitely();
    }

    /** The bundled entry as everybody reads it, by another name. */
    private static JsonObject github(String name) {
        var shown = new JsonObject(as(ALICE).get("/api/providers/github").asString()).getJsonObject("data");
        shown.remove("source");
        return shown.put("name", name);
    }

    @Nested
    class Create {

        @Test
        void putsTheProviderIntoTheCatalogueAtOnce() {
            admin().body(definition("acme", "Acme", ""))
                    .post("/api/providers")
                    .then()
                    .statusCode(201)
                    .header("Location", "/api/providers/acme")
                    .body("data.key", is("acme"))
                    .body("data.source", is("admin"))
                    .body("data.methods.oauth2.scope_separator", is(" "))
                    .body("data.client", nullValue());

            as(ALICE)
                    .get("/api/providers/acme")
                    .then()
                    .statusCode(200)
                    .body("data.methods.oauth2.token", is("https://acme.example/token"));
            client("acme").statusCode(404).body("code", is("oauth-client-not-found"));
        }

        @Test
        void comesBeforeABundledEntryWhichShowsAgainAfterwards() {
            admin().body(github("Our GitHub").encode())
                    .post("/api/providers")
                    .then()
                    .statusCode(201);
            as(ALICE).get("/api/providers/github").then().body("data.name", is("Our GitHub"));

            admin().delete("/api/providers/github").then().statusCode(200).body("data.key", is("github"));

            as(ALICE)
                    .get("/api/providers/github")
                    .then()
                    .body("data.name", is("GitHub"))
                    .body("data.source", is("bundled"));
        }

        @Test
        void sendsNoCredentialsOfABundledProviderElsewhere() {
            var entry = github("Our GitHub");
            entry.getJsonObject("methods")
                    .getJsonObject("oauth2")
                    .getJsonObject("revoke")
                    .put("url", "https://api.github.com/repos/evil/r/issues/1/comments");
            admin().body(entry.encode())
                    .post("/api/providers")
                    .then()
                    .statusCode(400)
                    .body("violations.field", is(List.of("methods.oauth2")))
                    .body("violations[0].message", containsString("comes with the suite"));
            as(ALICE).get("/api/providers/github").then().body("data.source", is("bundled"));
        }

        /** A release may have changed the bundled entry since. */
        @Test
        void goesOnSendingAsItDid() throws Exception {
            var entry = github("Our GitHub");
            entry.getJsonObject("methods")
                    .getJsonObject("oauth2")
                    .getJsonObject("token_response")
                    .remove("error_in_200");
            admin().body(entry.encode()).post("/api/providers").then().statusCode(400);
            update("insert into registry.providers (key, definition) values ('github', '" + entry.encode() + "')");

            admin().body(entry.put("name", "Ours").encode())
                    .put("/api/providers/github")
                    .then()
                    .statusCode(200);
            admin().body(github("Ours").encode())
                    .put("/api/providers/github")
                    .then()
                    .statusCode(200);
        }

        @Test
        void hasNoKeyThatNamesAnMcpServersClient() {
            admin().body(definition("acme-mcp", "Acme", ""))
                    .post("/api/providers")
                    .then()
                    .statusCode(400)
                    .body("violations.field", is(List.of("key")));
        }

        /** Were it not so, taking an entry away and making it anew would be a way round. */
        @Test
        void sendsNoStoredCredentialsToAnywhere() throws Exception {
            String id = stored(ALICE, "acme");
            var entry = new JsonObject(definition("acme", "Acme", ""));
            admin().body(entry.encode()).post("/api/providers").then().statusCode(201);
            admin().delete("/api/providers/acme").then().statusCode(200);
            entry.getJsonObject("methods")
                    .put(
                            "api_key",
                            new JsonObject()
                                    .put("base", "https://acme.example")
                                    .put("header", new JsonObject().put("X-Key", "{key}")));

            admin().body(entry.encode())
                    .post("/api/providers")
                    .then()
                    .statusCode(400)
                    .body("violations.field", is(List.of("methods.api_key")))
                    .body("violations[0].message", containsString("are stored for the provider"));

            update("delete from registry.connections where id = '" + id + "'");
            admin().body(entry.encode()).post("/api/providers").then().statusCode(201);
        }

        @Test
        void happensOnce() {
            admin().body(definition("acme", "Acme", ""))
                    .post("/api/providers")
                    .then()
                    .statusCode(201);

            admin().body(definition("acme", "Other", ""))
                    .post("/api/providers")
                    .then()
                    .statusCode(409)
                    .body("code", is("provider-exists"));
            as(ALICE).get("/api/providers/acme").then().body("data.name", is("Acme"));
        }

        /** The very messages that the author of a file gets, but for the lines. */
        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                https://acme.example/token | http://acme.example/token
                https://acme.example/token | https://{host}/token
                "token"                    | "tokne"
                "crm"                      | "cmr"
                "name"                     | "source": "bundled", "name"
                """)
        void refusesWhatAFileMayNotSayInTheSameWords(String from, String to) {
            String wrong = definition("acme", "Acme", "").replace(from, to);
            List<String> told = admin()
                    .body(wrong)
                    .post("/api/providers")
                    .then()
                    .statusCode(400)
                    .body("code", is("validation-failed"))
                    .extract()
                    .<List<Map<String, String>>>path("violations")
                    .stream()
                    .map(violation -> violation.get("field") + ": " + violation.get("message"))
                    .toList();

            assertThatThrownBy(() -> new ProviderFileParser().parse("acme.yaml", wrong))
                    .isInstanceOfSatisfying(
                            ProviderFileException.class,
                            refused -> assertThat(told)
                                    .containsExactlyElementsOf(refused.problems().stream()
                                            .map(problem -> problem.replaceFirst("^line [0-9]+: ", ""))
                                            .toList()));
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                "client": []                                                 | client
                "client": {"client_secret": "s"}                             | client.client_id
                "client": {"client_id": 7}                                   | client.client_id
                "client": {"client_id": "i", "client_secret": ""}            | client.client_secret
                "client": {"client_id": "i", "secret": "s"}                  | client
                """)
        void refusesAClientThatIsNone(String client, String field) {
            admin().body(definition("acme", "Acme", ", " + client))
                    .post("/api/providers")
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem(field));
        }

        @Test
        void refusesAClientOfAProviderWithoutOAuth() {
            admin().body("""
                            {"key": "acme", "name": "Acme", "category": "crm", "methods": {"custom": {}},
                             "client": {"client_id": "i"}}""").post("/api/providers").then().statusCode(400).body("violations.field", hasItem("client"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"[]", "null", "\"x\"", "{}", "{\"key\": \"a\\u0000\"}"})
        void refusesWhatIsNoDefinition(String body) {
            admin().body(body).post("/api/providers").then().statusCode(400);
        }
    }

    @Nested
    class Client {

        private static final String ACME =
                ", \"client\": {\"client_id\": \"id-1\", \"client_secret\": \"canary-secret\"}";

        @Test
        void isSealedForTheSuiteItselfAndNeverShown() throws Exception {
            admin().body(definition("acme", "Acme", ACME))
                    .post("/api/providers")
                    .then()
                    .statusCode(201)
                    .body("data.client.client_id", is("id-1"))
                    .body("data.client.has_secret", is(true))
                    .body(not(containsString("canary")));

            peers().verifyThat(
                            1,
                            postRequestedFor(urlPathEqualTo("/internal/encrypt"))
                                    .withHeader("X-On-Behalf-Of", equalTo("00000000-0000-0000-0000-000000000001"))
                                    .withRequestBody(matchingJsonPath("$.purpose", equalTo("client-secret")))
                                    .withRequestBody(matchingJsonPath(
                                            "$.connection_id",
                                            equalTo(ClientRecords.of("acme").toString()))));
            client("acme")
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("data.client_id", is("id-1"))
                    .body("data.secret_envelope.ciphertext", is("c2VhbGVk"))
                    .body("data.record_id", is(ClientRecords.of("acme").toString()))
                    .body("data.key_scope", is("00000000-0000-0000-0000-000000000001"));
            as(ALICE).get("/api/providers/acme").then().body(not(containsString("id-1")));
            assertThat(sql("select string_agg(p::text, '') from registry.providers p"))
                    .doesNotContain("canary");
        }

        @Test
        void makesTheProviderAConfiguredOne() {
            admin().body(definition("acme", "Acme", ACME))
                    .post("/api/providers")
                    .then()
                    .statusCode(201);

            as(ALICE).get("/api/providers").then().body("data.find { it.key == 'acme' }.configured", is(true));
        }

        @ParameterizedTest(name = "{0}")
        @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                nothing said           |                                                                | id-1 | true
                the same id            | , "client": {"client_id": "id-1"}                              | id-1 | true
                another id             | , "client": {"client_id": "id-2"}                              | id-2 | false
                another secret         | , "client": {"client_id": "id-1", "client_secret": "s"}        | id-1 | true
                no secret              | , "client": {"client_id": "id-1", "client_secret": null}       | id-1 | false
                """)
        void staysOrChangesAsTheUpdateSays(String name, String change, String id, boolean secret) {
            admin().body(definition("acme", "Acme", ACME))
                    .post("/api/providers")
                    .then()
                    .statusCode(201);

            admin().body(definition("acme", "Acme 2", change == null ? "" : change))
                    .put("/api/providers/acme")
                    .then()
                    .statusCode(200)
                    .body("data.name", is("Acme 2"))
                    .body("data.client.client_id", is(id))
                    .body("data.client.has_secret", is(secret));

            client("acme").statusCode(200).body("data.client_id", is(id));
        }

        @Test
        void isRemovedByNullAndWithItsProvider() {
            admin().body(definition("acme", "Acme", ACME))
                    .post("/api/providers")
                    .then()
                    .statusCode(201);

            admin().body(definition("acme", "Acme", ", \"client\": null"))
                    .put("/api/providers/acme")
                    .then()
                    .statusCode(200)
                    .body("data.client", nullValue());

            client("acme").statusCode(404);
        }

        @Test
        void isListedForTheBrokerByTheKeyOfItsProviderAlone() {
            clients().statusCode(200).header("Cache-Control", "no-store").body("data.registered", is(List.of()));
            for (String key : List.of("acme2", "acme", "acme-1")) {
                admin().body(definition(key, "Acme", ACME))
                        .post("/api/providers")
                        .then()
                        .statusCode(201);
            }
            admin().body(definition("clientless", "Acme", ""))
                    .post("/api/providers")
                    .then()
                    .statusCode(201);

            clients()
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("success", is(true))
                    .body("data", is(Map.of("registered", List.of("acme", "acme-1", "acme2"))));

            admin().delete("/api/providers/acme-1").then().statusCode(200);
            clients().body("data.registered", is(List.of("acme", "acme2")));
        }

        @Test
        void isNotStoredWhileTheVaultIsAway() throws Exception {
            Registry.answer("/internal/encrypt", 503, "{\"status\": 503, \"code\": \"vault-unavailable\"}");

            admin().body(definition("acme", "Acme", ACME))
                    .post("/api/providers")
                    .then()
                    .statusCode(503)
                    .body("code", is("vault-unavailable"));

            assertThat(sql("select count(*) from registry.providers")).isEqualTo("0");
        }
    }

    @Nested
    class Change {

        @Test
        void needsAnEntryOfAnAdministrators() {
            admin().body(github("Ours").encode())
                    .put("/api/providers/github")
                    .then()
                    .statusCode(404)
                    .body("code", is("provider-not-found"));
            admin().delete("/api/providers/github").then().statusCode(404);
            admin().delete("/api/providers/Nothing").then().statusCode(404);
            admin().delete("/api/providers/{key}", "a\0b").then().statusCode(404);
            client("a\0b").statusCode(404);
        }

        @Test
        void takesNoClientsSecretElsewhere() {
            admin().body(definition("acme", "Acme", Client.ACME))
                    .post("/api/providers")
                    .then()
                    .statusCode(201);
            String elsewhere =
                    definition("acme", "Acme", "").replace("https://acme.example/token", "https://evil.example/token");

            admin().body(elsewhere)
                    .put("/api/providers/acme")
                    .then()
                    .statusCode(400)
                    .body("violations.field", is(List.of("methods.oauth2")));

            admin().body(elsewhere.replaceFirst("}$", ", \"client\": null}"))
                    .put("/api/providers/acme")
                    .then()
                    .statusCode(200);
        }

        @Test
        void neverRenamesTheKey() {
            admin().body(definition("acme", "Acme", ""))
                    .post("/api/providers")
                    .then()
                    .statusCode(201);

            admin().body(definition("other", "Acme", ""))
                    .put("/api/providers/acme")
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("key"));
        }

        @Test
        void ofAnotherReplicaShowsWithinSeconds() throws Exception {
            String before = as(ALICE).get("/api/providers").header("ETag");
            update("insert into registry.providers (key, definition) values ('acme', '"
                    + definition("acme", "Theirs", "") + "')");

            await().atMost(Duration.ofSeconds(5))
                    .untilAsserted(
                            () -> as(ALICE).get("/api/providers/acme").then().body("data.name", is("Theirs")));
            assertThat(as(ALICE).get("/api/providers").header("ETag")).isNotEqualTo(before);
        }

        @Test
        void thatThisVersionCannotReadHidesNothingElse() throws Exception {
            update(
                    "insert into registry.providers (key, definition) values ('broken', '{\"key\": \"broken\"}'), ('acme', '"
                            + definition("acme", "Acme", "") + "')");

            catalog.refresh().await().indefinitely();

            as(ALICE).get("/api/providers/acme").then().statusCode(200);
            as(ALICE).get("/api/providers/broken").then().statusCode(404);
        }

        @Test
        void isRecordedWithWhoMadeIt() throws Exception {
            update("delete from registry.provider_changes");
            admin().body(definition("acme", "Acme", Client.ACME))
                    .post("/api/providers")
                    .then()
                    .statusCode(201);
            admin().body(definition("acme", "Acme", ""))
                    .put("/api/providers/acme")
                    .then()
                    .statusCode(200);
            admin().delete("/api/providers/acme").then().statusCode(200);

            assertThat(sql(
                            "select string_agg(concat_ws(' ', key, change, client, via, length(trace_id), length(actor)), ', '"
                                    + " order by occurred_at) from registry.provider_changes"))
                    .isEqualTo("acme created set connections-ui 32 36, acme updated kept connections-ui 32 36,"
                            + " acme deleted removed connections-ui 32 36");
            try (var database = PostgresResource.as("registry_app");
                    var statement = database.createStatement()) {
                assertThatThrownBy(() -> statement.executeUpdate("delete from registry.provider_changes"))
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> statement.executeUpdate("update registry.provider_changes set actor = 'x'"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Test
    void recordIdsOfSecretsNeverChange() {
        assertThat(ClientRecords.of("acme")).hasToString(RECORD);
    }
}

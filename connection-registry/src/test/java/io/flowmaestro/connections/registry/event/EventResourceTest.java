package io.flowmaestro.connections.registry.event;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.service;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class EventResourceTest {

    private final UUID carol = UUID.randomUUID();
    private final UUID dave = UUID.randomUUID();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private static String use(UUID id, String connection, String at, String more) {
        return """
                {"events": [{"id": "%s", "connection_id": "%s", "type": "used", "occurred_at": "%s",
                             "actor": "worker-7", "via": "worker" %s}]}""".formatted(id, connection, at, more);
    }

    @Nested
    class Listed {

        @Test
        void tellsWhoDidWhatWhenAndThroughWhat() {
            String id = stored(carol, "openai");
            as(carol)
                    .body("{\"name\": \"Other\", \"metadata\": {\"a\": 1}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200);
            as(carol).delete("/api/connections/{id}", id).then().statusCode(200);

            as(carol)
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .statusCode(200)
                    .body("data.type", equalTo(List.of("deleted", "updated", "created")))
                    .body("data[1].details.fields", equalTo(List.of("name", "metadata")))
                    .body("data[1].actor", equalTo(carol.toString()))
                    .body("data[1].via", equalTo("connections-ui"))
                    .body("data[1].trace_id", matchesPattern("[0-9a-f]{32}"))
                    .body("data[1].connection_id", equalTo(id))
                    .body("pagination.next_cursor", nullValue());
        }

        @Test
        void holdsNoSecret() throws Exception {
            String id = stored(carol, "openai");
            as(carol)
                    .body("{\"data\": {\"api_key\": \"sk-canary-2\"}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200);

            assertThat(sql("select string_agg(e::text, ' ') from registry.connection_events e where connection_id = '"
                            + id + "'"))
                    .contains("updated")
                    .doesNotContain("canary");
        }

        @Test
        void pagesThroughAll() {
            for (int i = 0; i < 5; i++) {
                stored(carol, "openai");
            }
            String cursor = as(carol)
                    .queryParam("limit", 3)
                    .get("/api/connections/events")
                    .then()
                    .body("data", hasSize(3))
                    .extract()
                    .path("pagination.next_cursor");

            as(carol)
                    .queryParam("limit", 3)
                    .queryParam("cursor", cursor)
                    .get("/api/connections/events")
                    .then()
                    .body("data", hasSize(2))
                    .body("pagination.next_cursor", nullValue());
        }

        @Test
        void filtersByTypeConnectionAndTime() {
            String id = stored(carol, "openai");
            stored(carol, "github");

            as(carol)
                    .queryParam("connection_id", id)
                    .queryParam("type", "created")
                    .queryParam("from", "2020-01-01T00:00:00Z")
                    .get("/api/connections/events")
                    .then()
                    .body("data", hasSize(1));
            as(carol)
                    .queryParam("to", "2020-01-01T00:00:00Z")
                    .get("/api/connections/events")
                    .then()
                    .body("data", hasSize(0));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "type=nothing",
                    "from=yesterday",
                    "limit=0",
                    "connection_id=7",
                    "from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z"
                })
        void refusesAWrongFilter(String query) {
            as(carol)
                    .get("/api/connections/events?" + query)
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"));
        }

        @Test
        void hidesAnotherUsersHistory() {
            String id = stored(carol, "openai");

            as(dave).get("/api/connections/{id}/events", id).then().statusCode(404);
            as(dave).get("/api/connections/{id}/events", UUID.randomUUID())
                    .then()
                    .statusCode(404);
            as(dave).queryParam("connection_id", id)
                    .get("/api/connections/events")
                    .then()
                    .statusCode(200)
                    .body("data", hasSize(0));
        }

        @Test
        void cannotBeChangedByTheApplication() throws Exception {
            stored(carol, "openai");
            try (var database = PostgresResource.as("registry_app");
                    var statement = database.createStatement()) {
                statement.execute("set app.user_id = '" + carol + "'");
                assertThatThrownBy(() -> statement.executeUpdate("update registry.connection_events set actor = 'x'"))
                        .hasMessageContaining("permission denied");
                assertThatThrownBy(() -> statement.executeUpdate("delete from registry.connection_events"))
                        .hasMessageContaining("permission denied");
            }
        }
    }

    @Nested
    class Exported {

        @Test
        void isALineOfJsonForEachEvent() {
            stored(carol, "openai");
            stored(carol, "github");

            String lines = as(carol)
                    .get("/api/connections/events/export")
                    .then()
                    .statusCode(200)
                    .contentType(containsString("application/x-ndjson"))
                    .extract()
                    .asString();

            assertThat(lines.lines()).hasSize(2).allMatch(line -> line.startsWith("{") && line.endsWith("}"));
        }

        @Test
        void isCsvThatASpreadsheetDoesNotExecute() {
            String id = stored(carol, "openai");
            broker(carol)
                    .body(use(UUID.randomUUID(), id, "2026-01-01T00:00:00Z", ", \"details\": {}")
                            .replace("worker-7", "=HYPERLINK(1)"))
                    .post("/internal/usage")
                    .then()
                    .statusCode(200);

            as(carol)
                    .queryParam("format", "csv")
                    .get("/api/connections/events/export")
                    .then()
                    .statusCode(200)
                    .contentType(containsString("text/csv"))
                    .header("Content-Disposition", containsString("connection-events.csv"))
                    .body(containsString("id,connection_id,type,occurred_at,actor,via,trace_id,details\r\n"))
                    .body(containsString(",'=HYPERLINK(1),"))
                    .body(not(containsString(",=HYPERLINK")));
        }

        @Test
        void isComplete() throws Exception {
            String id = stored(carol, "openai");
            Registry.update(
                    "insert into registry.connection_events (id, user_id, connection_id, type, occurred_at, actor, via) "
                            + "select gen_random_uuid(), '" + carol + "', '" + id + "', 'used', "
                            + "timestamptz '2026-01-01' + (n / 7) * interval '1 second', 'w', 'w' from generate_series(1, 2500) n");

            String csv = as(carol)
                    .queryParam("format", "csv")
                    .get("/api/connections/events/export")
                    .then()
                    .extract()
                    .asString();

            assertThat(csv.lines().skip(1).map(line -> line.substring(0, 36)).distinct())
                    .hasSize(2501);
        }

        @ParameterizedTest
        @CsvSource({"text/csv, text/csv", "application/x-ndjson, application/x-ndjson", "*/*, application/x-ndjson"})
        void comesInTheFormatThatIsAccepted(String accept, String written) {
            stored(carol, "openai");

            as(carol)
                    .header("Accept", accept)
                    .get("/api/connections/events/export")
                    .then()
                    .statusCode(200)
                    .contentType(containsString(written));
        }

        @Test
        void refusesAFormatThatItDoesNotWrite() {
            as(carol)
                    .queryParam("format", "xlsx")
                    .get("/api/connections/events/export")
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("format"));
        }
    }

    @Nested
    class Usage {

        @Test
        void isRecordedOnceAndStampsTheConnection() {
            String id = stored(carol, "openai");
            UUID event = UUID.randomUUID();
            String report = use(event, id, "2026-11-01T10:00:00.5Z", ", \"details\": {\"run\": 7, \"node\": \"llm\"}");

            broker(carol)
                    .body(report)
                    .post("/internal/usage")
                    .then()
                    .statusCode(200)
                    .body("data.accepted", equalTo(1))
                    .body("data.duplicates", equalTo(0));
            broker(carol)
                    .body(report)
                    .post("/internal/usage")
                    .then()
                    .body("data.accepted", equalTo(0))
                    .body("data.duplicates", equalTo(1));

            as(carol)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body("data.last_used_at", equalTo("2026-11-01T10:00:00.500Z"))
                    .body("data.version", equalTo(1));
            as(carol)
                    .queryParam("type", "used")
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body("data", hasSize(1))
                    .body("data[0].actor", equalTo("worker-7"))
                    .body("data[0].details.run", equalTo(7));
        }

        @Test
        void isCounted() {
            String id = stored(carol, "openai");
            broker(carol)
                    .body(use(UUID.randomUUID(), id, "2026-11-02T00:00:00Z", ""))
                    .post("/internal/usage")
                    .then()
                    .statusCode(200);

            given().get("/q/metrics")
                    .then()
                    .body(containsString("registry_connection_events_total{type=\"used\"}"))
                    .body(containsString("registry_connection_events_total{type=\"created\"}"));
        }

        @Test
        void isRecordedWhateverAToolIsCalled() {
            String id = stored(carol, "openai");
            broker(carol)
                    .body(use(
                            UUID.randomUUID(),
                            id,
                            "2026-11-02T00:00:00Z",
                            ", \"details\": {\"tool\": \"%s\", \"seconds\": 0.5}".formatted("t".repeat(400))))
                    .post("/internal/usage")
                    .then()
                    .statusCode(200)
                    .body("data.accepted", equalTo(1));

            as(carol)
                    .queryParam("type", "used")
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body("data[0].details.tool", equalTo("t".repeat(255)))
                    .body("data[0].details.seconds", equalTo(0.5f));
        }

        @ParameterizedTest
        @ValueSource(strings = {"null", "[\"x\"]", "{}", "1e999", "9223372036854775808", "\"\\u0000\"", "\"\\ud800\""})
        void isRefusedWithADetailThatIsNoScalar(String value) {
            String id = stored(carol, "openai");

            broker(carol)
                    .body(use(
                            UUID.randomUUID(), id, "2026-11-02T00:00:00Z", ", \"details\": {\"tool\": " + value + "}"))
                    .post("/internal/usage")
                    .then()
                    .statusCode(400)
                    .body("violations.field", equalTo(List.of("events[0].details")))
                    .body(
                            "violations[0].message",
                            equalTo("must be an object of at most 10 short texts, numbers and booleans"));
        }

        @Test
        void keepsEveryKindOfDetail() {
            String id = stored(carol, "openai");
            broker(carol)
                    .body(
                            use(
                                    UUID.randomUUID(),
                                    id,
                                    "2026-11-02T00:00:00Z",
                                    ", \"details\": {\"tool\": \"t\", \"ok\": true, \"run\": 7, \"at\": 9223372036854775807, \"s\": 0.25}"))
                    .post("/internal/usage")
                    .then()
                    .statusCode(200)
                    .body("data.accepted", equalTo(1));

            as(carol)
                    .queryParam("type", "used")
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body(
                            "data[0].details",
                            equalTo(Map.of("tool", "t", "ok", true, "run", 7, "at", Long.MAX_VALUE, "s", 0.25f)));
        }

        @ParameterizedTest
        @CsvSource({
            "0af7651916cd43dd8448eb211c80319c, 0af7651916cd43dd8448eb211c80319c",
            "0AF7651916CD43DD8448EB211C80319C,",
            "0af7651916cd43dd8448eb211c80319,",
            "0af7651916cd43dd8448eb211c80319g,"
        })
        void isRecordedWithItsTraceIfThatIsOne(String reported, @Nullable String recorded) {
            String id = stored(carol, "openai");
            broker(carol)
                    .body(use(UUID.randomUUID(), id, "2026-11-02T00:00:00Z", ", \"trace_id\": \"" + reported + "\""))
                    .post("/internal/usage")
                    .then()
                    .statusCode(200)
                    .body("data.accepted", equalTo(1));

            as(carol)
                    .queryParam("type", "used")
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body("data[0].trace_id", equalTo(recorded));
        }

        @Test
        void ofOneReportIsCountedByItsType() {
            String id = stored(carol, "openai");
            double before = counted("tool_called");
            String one = of(carol, id, "tool_called");
            String report = "{\"events\": [" + one + ", " + one + ", " + of(carol, id, "tool_called") + ", "
                    + of(carol, id, "used") + "]}";

            for (int accepted : List.of(3, 0)) {
                broker(carol)
                        .body(report)
                        .post("/internal/usage")
                        .then()
                        .statusCode(200)
                        .body("data.accepted", equalTo(accepted))
                        .body("data.duplicates", equalTo(4 - accepted));
            }

            assertThat(counted("tool_called") - before).isEqualTo(2);
        }

        private static double counted(String type) {
            String series = "registry_connection_events_total{type=\"" + type + "\"} ";
            return given().get("/q/metrics")
                    .asString()
                    .lines()
                    .filter(line -> line.startsWith(series))
                    .mapToDouble(line -> Double.parseDouble(line.substring(series.length())))
                    .sum();
        }

        @Test
        void losesNothingWhenReportsAboutTheSameConnectionsCross() throws Exception {
            List<String> ids =
                    IntStream.range(0, 5).mapToObj(i -> stored(carol, "openai")).toList();
            try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                var reports = IntStream.range(0, 60)
                        .mapToObj(i -> callers.submit(() -> {
                            List<String> order = new ArrayList<>(ids);
                            Collections.shuffle(order, new Random(i));
                            String events = order.stream()
                                    .map(id -> use(UUID.randomUUID(), id, "2026-11-02T00:00:%02dZ".formatted(i), ""))
                                    .map(one -> one.substring(one.indexOf('[') + 1, one.lastIndexOf(']')))
                                    .collect(Collectors.joining(", "));
                            broker(carol)
                                    .body("{\"events\": [" + events + "]}")
                                    .post("/internal/usage")
                                    .then()
                                    .statusCode(200);
                        }))
                        .toList();
                for (var report : reports) {
                    report.get();
                }
            }

            as(carol)
                    .get("/api/connections/{id}", ids.getFirst())
                    .then()
                    .body("data.last_used_at", equalTo("2026-11-02T00:00:59Z"));
        }

        @Test
        void neverTurnsAStampBack() {
            String id = stored(carol, "openai");
            for (String at : List.of("2026-11-02T00:00:00Z", "2026-11-01T00:00:00Z")) {
                broker(carol)
                        .body(use(UUID.randomUUID(), id, at, ""))
                        .post("/internal/usage")
                        .then()
                        .statusCode(200);
            }

            as(carol)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body("data.last_used_at", equalTo("2026-11-02T00:00:00Z"));
        }

        @Test
        void touchesNoOtherUsersConnection() {
            String id = stored(carol, "openai");

            broker(dave)
                    .body(use(UUID.randomUUID(), id, "2026-11-02T00:00:00Z", ""))
                    .post("/internal/usage")
                    .then()
                    .statusCode(200)
                    .body("data.accepted", equalTo(0));

            as(carol).get("/api/connections/{id}", id).then().body("data.last_used_at", nullValue());
        }

        @Test
        void ofManyUsersIsRecordedInOneReport() {
            String carols = stored(carol, "openai");
            String daves = stored(dave, "github");
            String foreign = stored(dave, "slack");
            String report = "{\"events\": ["
                    + Stream.of(of(carol, carols, "used"), of(dave, daves, "refreshed"), of(carol, foreign, "used"))
                            .collect(Collectors.joining(", "))
                    + "]}";

            for (int accepted : List.of(2, 0)) {
                given().auth()
                        .oauth2(Tokens.service("oauth-broker"))
                        .contentType("application/json")
                        .body(report)
                        .post("/internal/usage")
                        .then()
                        .statusCode(200)
                        .body("data.accepted", equalTo(accepted))
                        .body("data.duplicates", equalTo(2 - accepted));
            }

            as(carol)
                    .get("/api/connections/{id}", carols)
                    .then()
                    .body("data.last_used_at", equalTo("2026-11-02T00:00:00Z"));
            as(dave).queryParam("type", "refreshed")
                    .get("/api/connections/{id}/events", daves)
                    .then()
                    .body("data", hasSize(1));
            as(dave).get("/api/connections/{id}", foreign).then().body("data.last_used_at", nullValue());
        }

        private static String of(UUID user, String connection, String type) {
            String one = use(UUID.randomUUID(), connection, "2026-11-02T00:00:00Z", ", \"user_id\": \"" + user + "\"")
                    .replace("\"used\"", "\"" + type + "\"");
            return one.substring(one.indexOf('[') + 1, one.lastIndexOf(']'));
        }

        @Test
        void ofAnotherUserThanTheCallIsForIsRefused() {
            String id = stored(carol, "openai");

            broker(dave)
                    .body("{\"events\": [" + of(carol, id, "used") + "]}")
                    .post("/internal/usage")
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("events[0].user_id"));

            as(carol).get("/api/connections/{id}", id).then().body("data.last_used_at", nullValue());
        }

        @ParameterizedTest
        @ValueSource(strings = {"refresh_failed", "recovered"})
        void reachesWebhooksOnceAndNotTheOwnerWhenItTellsHowARefreshWent(String type) throws Exception {
            String id = stored(carol, "openai");
            as(carol).get("/api/users/me").then().statusCode(200).body("data.email", notNullValue());
            as(carol)
                    .body("{\"url\": \"" + Peers.url() + "/hook\", \"events\": [\"connection." + type + "\"]}")
                    .post("/api/webhooks")
                    .then()
                    .statusCode(201);
            String report = use(
                            UUID.randomUUID(), id, "2026-11-02T00:00:00Z", ", \"details\": {\"reason\": \"timeout\"}")
                    .replace("\"used\"", "\"" + type + "\"");

            for (int accepted : List.of(1, 0)) {
                broker(carol)
                        .body(report)
                        .post("/internal/usage")
                        .then()
                        .statusCode(200)
                        .body("data.accepted", equalTo(accepted));
            }

            assertThat(sql("select string_agg(type, ' ') from registry.webhook_deliveries where user_id = '" + carol
                            + "' and type = '" + type + "'"))
                    .isEqualTo(type);
            assertThat(sql("select count(*) from registry.notices where user_id = '" + carol + "'"))
                    .isEqualTo("0");
            as(carol).get("/api/connections/{id}", id).then().body("data.last_used_at", nullValue());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{}",
                    "{\"events\": []}",
                    "{\"events\": [null]}",
                    "{\"events\": [{\"type\": \"deleted\"}]}",
                    "{\"events\": [{\"id\": \"0190a1ce-0000-7000-8000-00000000a11c\", \"connection_id\": \"0190a1ce-0000-7000-8000-00000000a11c\", \"type\": \"used\", \"occurred_at\": \"never\", \"actor\": \"a\", \"via\": \"b\"}]}",
                    "{\"events\": [{\"id\": \"0190a1ce-0000-7000-8000-00000000a11c\", \"connection_id\": \"0190a1ce-0000-7000-8000-00000000a11c\", \"type\": \"used\", \"occurred_at\": \"2026-11-02T00:00:00Z\", \"actor\": \"a\\u0000\", \"via\": \"b\"}]}"
                })
        void refusesAReportThatIsNone(String body) {
            broker(carol).body(body).post("/internal/usage").then().statusCode(400);
        }

        @Test
        void isForTheServicesThatUseConnections() {
            service("credential-vault", carol)
                    .body("{\"events\": []}")
                    .post("/internal/usage")
                    .then()
                    .statusCode(403);
        }
    }
}

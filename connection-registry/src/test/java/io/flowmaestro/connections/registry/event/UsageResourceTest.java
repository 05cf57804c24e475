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
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.Tokens;
import io.restassured.response.ValidatableResponse;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class UsageResourceTest {

    private final UUID carol = UUID.randomUUID();
    private final UUID dave = UUID.randomUUID();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    /** A report of one use. */
    static String use(UUID id, String connection, String at, String more) {
        return """
                {"events": [{"id": "%s", "connection_id": "%s", "type": "used", "occurred_at": "%s",
                             "actor": "worker-7", "via": "worker" %s}]}""".formatted(id, connection, at, more);
    }

    private void record(String connection, String more) {
        broker(carol)
                .body(use(UUID.randomUUID(), connection, "2026-11-02T00:00:00Z", more))
                .post("/internal/usage")
                .then()
                .statusCode(200)
                .body("data.accepted", equalTo(1));
    }

    private ValidatableResponse uses(String connection) {
        return as(carol)
                .queryParam("type", "used")
                .get("/api/connections/{id}/events", connection)
                .then();
    }

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
        record(id, ", \"details\": {\"tool\": \"%s\", \"seconds\": 0.5}".formatted("t".repeat(400)));

        uses(id).body("data[0].details.tool", equalTo("t".repeat(255))).body("data[0].details.seconds", equalTo(0.5f));
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[\"x\"]", "{}", "1e999", "9223372036854775808", "\"\\u0000\"", "\"\\ud800\""})
    void isRefusedWithADetailThatIsNoScalar(String value) {
        String id = stored(carol, "openai");

        broker(carol)
                .body(use(UUID.randomUUID(), id, "2026-11-02T00:00:00Z", ", \"details\": {\"tool\": " + value + "}"))
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
        record(
                id,
                ", \"details\": {\"tool\": \"t\", \"ok\": true, \"run\": 7, \"at\": 9223372036854775807, \"s\": 0.25}");

        uses(id).body(
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
        record(id, ", \"trace_id\": \"" + reported + "\"");

        uses(id).body("data[0].trace_id", equalTo(recorded));
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

        as(carol).get("/api/connections/{id}", id).then().body("data.last_used_at", equalTo("2026-11-02T00:00:00Z"));
    }

    @Test
    void inSteadyUseIsStampedOnceASecond() {
        String id = stored(carol, "openai");
        var uses = List.of(
                "2026-11-02T00:00:00Z", "2026-11-02T00:00:00.999Z", "2026-11-02T00:00:01Z", "2026-11-02T00:00:01.500Z");
        var stamps =
                List.of("2026-11-02T00:00:00Z", "2026-11-02T00:00:00Z", "2026-11-02T00:00:01Z", "2026-11-02T00:00:01Z");
        for (int at = 0; at < uses.size(); at++) {
            broker(carol)
                    .body(use(UUID.randomUUID(), id, uses.get(at), ""))
                    .post("/internal/usage")
                    .then()
                    .body("data.accepted", equalTo(1));

            as(carol).get("/api/connections/{id}", id).then().body("data.last_used_at", equalTo(stamps.get(at)));
        }
    }

    @Test
    void wakesAnIdleConnectionHoweverSoonItComesAfterTheLast() throws Exception {
        String id = stored(carol, "openai");
        broker(carol)
                .body(use(UUID.randomUUID(), id, "2026-11-02T00:00:00Z", ""))
                .post("/internal/usage");
        sql("update registry.connections set refresh_idle = true where id = '" + id + "' returning id");

        broker(carol)
                .body(use(UUID.randomUUID(), id, "2026-11-02T00:00:00.100Z", ""))
                .post("/internal/usage");

        assertThat(sql("select refresh_idle from registry.connections where id = '" + id + "'"))
                .isEqualTo("f");
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

    @Test
    void thatWasToldInPartIsRecordedForTheRestAlone() throws Exception {
        String carols = stored(carol, "openai");
        String daves = stored(dave, "github");
        String known = of(carol, carols, "used");
        String others = of(carol, carols, "tool_called") + ", " + of(dave, daves, "used");
        reported(known, 1, 0);

        reported(others + ", " + known, 2, 1);

        assertThat(sql("select string_agg(type || ' ' || cardinality(ids), ', ' order by type)"
                        + " from registry.connection_uses where user_id = '" + carol + "'"))
                .isEqualTo("tool_called 1, used 1");
        as(dave).get("/api/connections/{id}", daves).then().body("data.last_used_at", equalTo("2026-11-02T00:00:00Z"));
    }

    private static void reported(String events, int accepted, int duplicates) {
        given().auth()
                .oauth2(Tokens.service("oauth-broker"))
                .contentType("application/json")
                .body("{\"events\": [" + events + "]}")
                .post("/internal/usage")
                .then()
                .statusCode(200)
                .body("data.accepted", equalTo(accepted))
                .body("data.duplicates", equalTo(duplicates));
    }

    /** The statement takes each user's uses as one stretch of the report; the service puts them so. */
    @Test
    void whoseUsersAreMixedIsRecordedAsWhole() {
        String carols = stored(carol, "openai");
        String daves = stored(dave, "github");

        reported(of(carol, carols, "used") + ", " + of(dave, daves, "used") + ", " + of(carol, carols, "used"), 3, 0);

        uses(carols).body("data", hasSize(2));
    }

    @ParameterizedTest
    @CsvSource({"'%1$s, %2$s, %1$s', '1, 2, 3'", "'%1$s, %1$s, %2$s', '1, 3, 2'"})
    void isNotTakenForOneUserWithUsesOfAnother(String mixed, String places) {
        String users = "'{" + mixed.formatted(carol, dave) + "}'::uuid[]";
        String texts = "array['used', 'used', 'used']";
        String moments = "array[now(), now(), now()]";

        assertThatThrownBy(
                        () -> sql("select * from registry.record_uses(%1$s, %1$s, %2$s, %2$s, %2$s, %3$s, %4$s, %4$s,"
                                        .formatted(users, texts, moments, "array[" + places + "]")
                                + users + ", " + moments + ", " + users + ", array['{}', '{}', '{}'])"))
                .hasMessageContaining("do not stand together");
    }

    @Test
    void ofTheUsersOwnConnectionIsNotHiddenByOneOfTheSameIdThatIsNot() {
        String own = stored(carol, "openai");
        String foreign = stored(dave, "github");
        UUID id = UUID.randomUUID();
        String both = Stream.of(foreign, own)
                .map(connection -> use(id, connection, "2026-11-02T00:00:00Z", ""))
                .map(one -> one.substring(one.indexOf('[') + 1, one.lastIndexOf(']')))
                .collect(Collectors.joining(", "));

        broker(carol)
                .body("{\"events\": [" + both + "]}")
                .post("/internal/usage")
                .then()
                .body("data.accepted", equalTo(1));

        uses(own).body("data", hasSize(1));
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
        String report = use(UUID.randomUUID(), id, "2026-11-02T00:00:00Z", ", \"details\": {\"reason\": \"timeout\"}")
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

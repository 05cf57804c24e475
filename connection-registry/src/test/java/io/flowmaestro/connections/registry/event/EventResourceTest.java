package io.flowmaestro.connections.registry.event;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.flowmaestro.connections.testing.PostgresResource;
import java.util.List;
import java.util.UUID;
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
                    .body(UsageResourceTest.use(UUID.randomUUID(), id, "2026-01-01T00:00:00Z", ", \"details\": {}")
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
}

package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.apiKey;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class ConnectionListTest {

    private final UUID user = UUID.randomUUID();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private ValidatableResponse list(Map<String, ?> parameters) {
        return as(user).queryParams(parameters).get("/api/connections").then();
    }

    private void named(String name, String provider) {
        as(user).body(apiKey(name, provider)).post("/api/connections").then().statusCode(201);
    }

    @Test
    void isEmptyForANewUser() {
        list(Map.of())
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data", hasSize(0))
                .body("pagination.limit", equalTo(50))
                .body("pagination.next_cursor", nullValue())
                .body("pagination", not(hasKey("total")));
    }

    @Test
    void carriesNoDataAndNoToolDefinitions() {
        stored(user, "openai");

        list(Map.of())
                .body("data", everyItem(not(hasKey("data"))))
                .body("data", everyItem(not(hasKey("mcp_tools"))))
                .body("data[0]", hasKey("mcp_tool_count"));
    }

    @Test
    void givesEachRowOnceOverPagesEvenWhenTimesAreTied() throws Exception {
        for (int i = 0; i < 7; i++) {
            stored(user, "p" + i);
        }
        sql("update registry.connections set created_at = '2026-01-01 00:00:00.123456Z' where user_id = '" + user
                + "' returning 1");

        List<String> seen = new ArrayList<>();
        String cursor = null;
        do {
            Map<String, Object> parameters = cursor == null ? Map.of("limit", 3) : Map.of("limit", 3, "cursor", cursor);
            var page = list(parameters).statusCode(200).extract();
            seen.addAll(page.path("data.id"));
            cursor = page.path("pagination.next_cursor");
        } while (cursor != null);

        assertThat(seen).hasSize(7).doesNotHaveDuplicates();
    }

    @Test
    void narrowsByFilters() throws Exception {
        named("Main key", "openai");
        named("Spare key", "anthropic");
        sql("update registry.connections set status = 'expired' where provider = 'anthropic' and user_id = '" + user
                + "' returning 1");

        list(Map.of("provider", "openai")).body("data.name", equalTo(List.of("Main key")));
        list(Map.of("status", "expired")).body("data.name", equalTo(List.of("Spare key")));
        list(Map.of("connection_method", "mcp")).body("data", hasSize(0));
        list(Map.of("q", "KEY", "total", "true")).body("data", hasSize(2)).body("pagination.total", equalTo(2));
        list(Map.of("q", "anthro")).body("data", hasSize(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "_", "\\", "'"})
    void searchesForSpecialCharactersAsTheyAre(String q) {
        named("plain", "openai");
        as(user).body(Map.of(
                        "name",
                        "odd " + q,
                        "connection_method",
                        "api_key",
                        "provider",
                        "x",
                        "data",
                        Map.of("api_key", "k")))
                .post("/api/connections")
                .then()
                .statusCode(201);

        list(Map.of("q", q)).statusCode(200).body("data.name", equalTo(List.of("odd " + q)));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "limit, 0",
                "limit, 101",
                "limit, ten",
                "limit, 99999999999",
                "provider, Not A Slug",
                "connection_method, magic",
                "status, fine",
                "total, maybe"
            })
    void refusesParametersThatMakeNoSense(String name, String value) {
        list(Map.of(name, value))
                .statusCode(400)
                .body("code", equalTo("validation-failed"))
                .body("violations.field", hasItem(name));
    }

    @Test
    void refusesNulCharactersInParameters() {
        for (String name : List.of("q", "provider", "status")) {
            as(user).urlEncodingEnabled(false)
                    .get("/api/connections?" + name + "=a%00b")
                    .then()
                    .statusCode(400);
        }
    }

    @Test
    void refusesACursorOfAnotherList() {
        stored(user, "openai");
        stored(user, "openai");
        String cursor = list(Map.of("limit", 1)).extract().path("pagination.next_cursor");

        list(Map.of("cursor", cursor, "provider", "openai")).statusCode(400).body("code", equalTo("cursor-invalid"));
        list(Map.of("cursor", "garbage")).statusCode(400).body("code", equalTo("cursor-invalid"));
    }
}

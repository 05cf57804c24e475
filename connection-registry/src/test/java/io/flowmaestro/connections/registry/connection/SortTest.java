package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.update;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.path.json.JsonPath;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class SortTest {

    private final UUID carol = UUID.randomUUID();

    @BeforeEach
    void someConnections() throws Exception {
        Registry.peersThatWork();
        for (String name : List.of("banana", "Apple", "cherry", "apple", "Äpfel", "date")) {
            as(carol)
                    .body(Registry.apiKey(name, "openai"))
                    .post("/api/connections")
                    .then()
                    .statusCode(201);
        }
        // Ties, and rows without a value.
        update("update registry.connections set created_at = '2026-01-01', updated_at = '2026-01-01', last_used_at = "
                + "case when name in ('banana', 'cherry') then timestamptz '2026-02-01' end where user_id = '" + carol
                + "'");
    }

    private List<String> all(String sort, int limit) {
        List<String> names = new ArrayList<>();
        String cursor = null;
        do {
            var request = as(carol).queryParam("sort", sort).queryParam("limit", limit);
            JsonPath page = (cursor == null ? request : request.queryParam("cursor", cursor))
                    .get("/api/connections")
                    .then()
                    .statusCode(200)
                    .extract()
                    .jsonPath();
            names.addAll(page.getList("data.name"));
            cursor = page.getString("pagination.next_cursor");
        } while (cursor != null);
        return names;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "created_at",
                "-created_at",
                "updated_at",
                "-updated_at",
                "last_used_at",
                "-last_used_at",
                "name",
                "-name"
            })
    void showsEachRowOnceWhereverAPageEnds(String sort) {
        assertThat(all(sort, 1))
                .containsExactlyInAnyOrder("banana", "Apple", "cherry", "apple", "Äpfel", "date")
                .isEqualTo(all(sort, 2))
                .isEqualTo(all(sort, 100));
    }

    @Test
    void turnsRoundWithAMinus() {
        assertThat(all("-name", 2)).isEqualTo(all("name", 3).reversed());
    }

    @Test
    void sortsNamesInAnyCase() {
        assertThat(all("name", 100).stream().filter(name -> !name.startsWith("Ä")))
                .map(String::toLowerCase)
                .containsExactly("apple", "apple", "banana", "cherry", "date");
    }

    @Test
    void putsWhatWasUsedLastFirst() {
        assertThat(all("-last_used_at", 100).subList(0, 2)).containsExactlyInAnyOrder("banana", "cherry");
    }

    @Test
    void refusesACursorOfAnotherOrder() {
        String cursor = as(carol)
                .queryParam("limit", 1)
                .get("/api/connections")
                .then()
                .extract()
                .path("pagination.next_cursor");

        as(carol)
                .queryParam("sort", "name")
                .queryParam("cursor", cursor)
                .get("/api/connections")
                .then()
                .statusCode(400)
                .body("code", equalTo("cursor-invalid"));
    }

    @Test
    void refusesAnOrderThatIsNone() {
        as(carol)
                .queryParam("sort", "data; drop table")
                .get("/api/connections")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("sort"));
    }

    @Test
    void findsTheAccountAsWell() throws Exception {
        update("update registry.connections set metadata = '{\"account\": {\"name\": \"Octo Cat\", "
                + "\"email\": \"octo@example.org\"}}' where name = 'date' and user_id = '" + carol + "'");

        for (String q : List.of("octo c", "OCTO@example", "dat")) {
            as(carol)
                    .queryParam("q", q)
                    .get("/api/connections")
                    .then()
                    .body("data", hasSize(1))
                    .body("data[0].name", equalTo("date"));
        }
    }
}

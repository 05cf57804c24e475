package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@RegistryTest
class DeletionTest {

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private static String deleted(String provider) {
        String id = stored(ALICE, provider);
        as(ALICE).delete("/api/connections/{id}", id).then().statusCode(200).body("data.purged", equalTo(false));
        return id;
    }

    @Nested
    class Restore {

        @Test
        void bringsAConnectionBackAsItWas() {
            String id = deleted("openai");
            as(ALICE).get("/api/connections/{id}", id).then().statusCode(404);

            as(ALICE)
                    .post("/api/connections/{id}/restore", id)
                    .then()
                    .statusCode(200)
                    .body("data.id", equalTo(id))
                    .body("data.status", equalTo("active"))
                    .body("data.version", equalTo(3));

            as(ALICE).get("/api/connections/{id}", id).then().statusCode(200);
            as(ALICE)
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body("data.type", equalTo(List.of("restored", "deleted", "created")));
        }

        @Test
        void leavesOneThatIsNotDeletedAsItIs() {
            String id = stored(ALICE, "openai");

            as(ALICE)
                    .post("/api/connections/{id}/restore", id)
                    .then()
                    .statusCode(200)
                    .body("data.version", equalTo(1));
        }

        @Test
        void hidesAnotherUsersDeletedConnection() {
            String id = deleted("openai");

            as(BOB).post("/api/connections/{id}/restore", id).then().statusCode(404);
            as(BOB).post("/api/connections/{id}/restore", UUID.randomUUID())
                    .then()
                    .statusCode(404);
        }
    }

    @Nested
    class Purge {

        @Test
        void removesTheRowForGoodAndKeepsItsHistory() throws Exception {
            String id = stored(ALICE, "openai");

            as(ALICE)
                    .delete("/api/connections/{id}?purge=true", id)
                    .then()
                    .statusCode(200)
                    .body("data.purged", equalTo(true));

            assertThat(sql("select count(*) from registry.connections where id = '" + id + "'"))
                    .isEqualTo("0");
            as(ALICE).post("/api/connections/{id}/restore", id).then().statusCode(404);
            as(ALICE)
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .statusCode(200)
                    .body("data[0].type", equalTo("purged"))
                    .body("data[0].details.name", equalTo("My openai"));
        }

        @Test
        void worksOnADeletedConnection() {
            String id = deleted("openai");

            as(ALICE).delete("/api/connections/{id}?purge=true", id).then().statusCode(200);
        }

        @Test
        void bindsIfMatch() {
            String id = stored(ALICE, "openai");

            as(ALICE)
                    .header("If-Match", "\"7\"")
                    .delete("/api/connections/{id}?purge=true", id)
                    .then()
                    .statusCode(412);
            as(ALICE).get("/api/connections/{id}", id).then().statusCode(200);
        }

        @Test
        void leavesAnotherUsersRowAlone() throws Exception {
            String id = stored(ALICE, "openai");

            as(BOB).delete("/api/connections/{id}?purge=true", id).then().statusCode(404);

            assertThat(sql("select count(*) from registry.connections where id = '" + id + "'"))
                    .isEqualTo("1");
        }

        @Test
        void answersEachOfManyAtOnce() throws Exception {
            for (int round = 0; round < 10; round++) {
                var ids = IntStream.range(0, 8)
                        .mapToObj(_ -> stored(ALICE, "openai"))
                        .toList();
                try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
                    var answers = ids.stream()
                            .map(id -> callers.submit(() -> purge(id)))
                            .toList();
                    for (var answer : answers) {
                        assertThat(answer.get(20, TimeUnit.SECONDS)).isEqualTo(200);
                    }
                }
            }
        }

        private static int purge(String id) {
            return as(ALICE).delete("/api/connections/{id}?purge=true", id).statusCode();
        }

        @Test
        void refusesAParameterThatIsNeitherTrueNorFalse() {
            as(ALICE)
                    .delete("/api/connections/{id}?purge=yes", stored(ALICE, "openai"))
                    .then()
                    .statusCode(400)
                    .body("violations.field", hasItem("purge"));
        }
    }
}

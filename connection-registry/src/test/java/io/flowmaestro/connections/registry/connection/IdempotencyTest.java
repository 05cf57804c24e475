package io.flowmaestro.connections.registry.connection;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.apiKey;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.sql;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class IdempotencyTest {

    /** 256 characters. */
    private static final String LONG = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
            + "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private final String key = UUID.randomUUID().toString();

    @BeforeEach
    void peersWork() {
        Registry.peersThatWork();
    }

    private ValidatableResponse create(UUID user, String name) {
        return as(user).header("Idempotency-Key", key)
                .body(apiKey(name, "openai"))
                .post("/api/connections")
                .then();
    }

    @Test
    void makesOneConnectionOfARequestThatComesTwice() {
        String first = create(ALICE, "Once")
                .statusCode(201)
                .header("Idempotency-Replayed", nullValue())
                .extract()
                .path("data.id");

        create(ALICE, "Once")
                .statusCode(201)
                .header("Idempotency-Replayed", equalTo("true"))
                .header("Location", equalTo("/api/connections/" + first))
                .body("data.id", equalTo(first));
    }

    @Test
    void refusesTheKeyForAnotherRequest() {
        create(ALICE, "Once").statusCode(201);

        create(ALICE, "Another").statusCode(422).body("code", equalTo("idempotency-key-reused"));
    }

    @Test
    void keepsUsersApart() {
        String alices = create(ALICE, "Once").statusCode(201).extract().path("data.id");
        String bobs = create(BOB, "Once").statusCode(201).extract().path("data.id");

        assertThat(alices).isNotEqualTo(bobs);
    }

    @Test
    void saysThatWhatTheKeyMadeIsDeleted() {
        String id = create(ALICE, "Once").statusCode(201).extract().path("data.id");
        as(ALICE).delete("/api/connections/{id}", id).then().statusCode(200);

        create(ALICE, "Once").statusCode(409).body("code", equalTo("idempotency-key-spent"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"with space", LONG})
    void refusesAKeyThatIsNone(String wrong) {
        as(ALICE)
                .header("Idempotency-Key", wrong)
                .body(apiKey("x", "openai"))
                .post("/api/connections")
                .then()
                .statusCode(400)
                .body("violations.field", hasItem("Idempotency-Key"));
    }

    @Test
    void keepsNothingOfTheBody() throws Exception {
        create(ALICE, "Once").statusCode(201);

        assertThat(sql("select k::text from registry.idempotency_keys k where key = '" + key + "'"))
                .doesNotContain("canary");
    }

    @Test
    void makesOneRowOf64DuplicatesAtTheSameTime() throws Exception {
        Set<String> ids = new HashSet<>();
        try (var callers = Executors.newFixedThreadPool(64)) {
            List<Callable<String>> calls = IntStream.range(0, 64)
                    .<Callable<String>>mapToObj(i -> () ->
                            create(ALICE, "Once").statusCode(201).extract().path("data.id"))
                    .toList();
            for (Future<String> answer : callers.invokeAll(calls)) {
                ids.add(answer.get());
            }
        }

        assertThat(ids).hasSize(1);
        assertThat(sql("select count(*) from registry.connections where user_id = '" + ALICE + "' and id in ("
                        + "select connection_id from registry.idempotency_keys where key = '" + key + "')"))
                .isEqualTo("1");
        assertThat(sql("select count(*) from registry.connections c where name = 'Once' and created_at > now() - "
                        + "interval '1 minute' and not exists (select from registry.idempotency_keys k "
                        + "where k.connection_id = c.id)"))
                .isEqualTo("0");
    }
}

package io.flowmaestro.connections.vault.transit;

import static io.flowmaestro.connections.vault.transit.Calls.as;
import static io.flowmaestro.connections.vault.transit.Calls.base64;
import static io.flowmaestro.connections.vault.transit.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DecryptResourceTest extends VaultTest {

    private static final UUID ALICE = UUID.randomUUID();
    private static final UUID BOB = UUID.randomUUID();
    private static final UUID CONNECTION = UUID.randomUUID();
    private static final String SECRET = "{\"api_key\":\"sk-geheim-ü\"}";

    @Test
    void givesBackWhatWasSealedAndNobodyMayCacheIt() {
        Calls.decrypt(ALICE, CONNECTION, Calls.sealed(ALICE, CONNECTION, SECRET))
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .body("success", equalTo(true))
                .body("data.size()", equalTo(1))
                .body("data.plaintext", equalTo(base64(SECRET)));
    }

    private record Attempt(String name, UUID user, UUID connection, Object envelope) {}

    private static Stream<Attempt> forgeries() {
        var envelope = Calls.sealed(ALICE, CONNECTION, SECRET);
        var bobs = Calls.sealed(BOB, CONNECTION, SECRET);
        var hers = Calls.sealed(ALICE, UUID.randomUUID(), SECRET);
        return Stream.of(
                new Attempt("another user", BOB, CONNECTION, envelope),
                new Attempt("a user without keys", UUID.randomUUID(), CONNECTION, envelope),
                new Attempt("another connection", ALICE, UUID.randomUUID(), envelope),
                new Attempt("another record's envelope", ALICE, CONNECTION, hers),
                new Attempt("an unknown key", ALICE, CONNECTION, with(envelope, "key_id", UUID.randomUUID())),
                new Attempt("another user's key", ALICE, CONNECTION, with(envelope, "key_id", bobs.get("key_id"))),
                new Attempt("another version", ALICE, CONNECTION, with(envelope, "key_version", 2)),
                new Attempt("another format", ALICE, CONNECTION, with(envelope, "format", 2)),
                new Attempt("another nonce", ALICE, CONNECTION, with(envelope, "nonce", hers.get("nonce"))),
                new Attempt("another tag", ALICE, CONNECTION, with(envelope, "tag", hers.get("tag"))),
                new Attempt(
                        "other ciphertext", ALICE, CONNECTION, with(envelope, "ciphertext", hers.get("ciphertext"))),
                new Attempt("no ciphertext", ALICE, CONNECTION, with(envelope, "ciphertext", "")),
                new Attempt("a field more", ALICE, CONNECTION, with(envelope, "iv", "")),
                new Attempt("a text", ALICE, CONNECTION, "envelope"),
                new Attempt("a list", ALICE, CONNECTION, List.of(envelope)),
                new Attempt("nothing in it", ALICE, CONNECTION, Map.of()));
    }

    @Test
    void saysOneThingWhateverTheCause() {
        assertThat(forgeries())
                .hasSize(16)
                .allSatisfy(forgery -> assertThat(answer(forgery))
                        .as(forgery.name())
                        .hasSize(9)
                        .containsKey("trace_id")
                        .containsAllEntriesOf(Map.of(
                                "type",
                                "urn:flowmaestro:connections:problem:decryption-failed",
                                "title",
                                "Decryption failed",
                                "status",
                                422,
                                "detail",
                                "The envelope does not open for this user, connection and purpose."
                                        + " Send it exactly as it was sealed.",
                                "instance",
                                "/internal/decrypt",
                                "success",
                                false,
                                "code",
                                "decryption-failed",
                                "violations",
                                List.of())));
    }

    private static Map<String, Object> answer(Attempt attempt) {
        return Calls.decrypt(attempt.user(), attempt.connection(), attempt.envelope())
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .extract()
                .path("");
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection_id", "purpose", "envelope"})
    void namesTheFieldThatIsMissing(String field) {
        Map<String, Object> request =
                with(Map.of("connection_id", CONNECTION, "purpose", Calls.PURPOSE, "envelope", Map.of()), field, null);

        as("oauth-broker", ALICE)
                .body(request)
                .post("/internal/decrypt")
                .then()
                .statusCode(400)
                .body("code", equalTo("validation-failed"))
                .body("violations[0].field", equalTo(field));
    }

    @Test
    void countsWhatItDidByOutcomeAndNeverByUser() {
        Calls.decrypt(ALICE, CONNECTION, Calls.sealed(ALICE, CONNECTION, SECRET));
        Calls.decrypt(BOB, CONNECTION, Calls.sealed(ALICE, CONNECTION, SECRET));

        var metrics = RestAssured.get("/q/metrics").asString();

        assertThat(metrics)
                .containsPattern(
                        "vault_operations_total\\{operation=\"decrypt\",outcome=\"ok\",purpose=\"connection-data\"")
                .containsPattern("vault_operations_total\\{operation=\"decrypt\",outcome=\"decryption-failed\"")
                .doesNotContain(ALICE.toString(), BOB.toString());
    }
}

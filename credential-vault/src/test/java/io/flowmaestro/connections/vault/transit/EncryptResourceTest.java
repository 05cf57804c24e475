package io.flowmaestro.connections.vault.transit;

import static io.flowmaestro.connections.vault.transit.Calls.PURPOSE;
import static io.flowmaestro.connections.vault.transit.Calls.as;
import static io.flowmaestro.connections.vault.transit.Calls.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;

import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class EncryptResourceTest extends VaultTest {

    private final UUID alice = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();

    @Test
    void answersAnEnvelopeThatNobodyMayCache() {
        Calls.encrypt(alice, connection, "secret")
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .body("success", equalTo(true))
                .body("data.envelope.size()", equalTo(6))
                .body("data.envelope.format", equalTo(1))
                .body("data.envelope.key_version", equalTo(1))
                .body("data.envelope.nonce", matchesPattern("[A-Za-z0-9+/]{16}"))
                .body("data.envelope.tag", matchesPattern("[A-Za-z0-9+/]{22}=="))
                .body("data.envelope.ciphertext", not(containsString(base64("secret"))));
    }

    @Test
    void sealsTheSameSecretDifferentlyEveryTime() {
        var first = Calls.sealed(alice, connection, "secret");
        var second = Calls.sealed(alice, connection, "secret");

        assertThat(second.get("key_id")).isEqualTo(first.get("key_id"));
        assertThat(second.get("nonce")).isNotEqualTo(first.get("nonce"));
        assertThat(second.get("ciphertext")).isNotEqualTo(first.get("ciphertext"));
    }

    @Test
    void makesOneDataKeyHoweverManyFirstCallsMeet() throws Exception {
        List<Callable<Map<String, Object>>> calls = IntStream.range(0, 24)
                .<Callable<Map<String, Object>>>mapToObj(i -> () -> Calls.sealed(alice, connection, "secret " + i))
                .toList();
        try (var threads = Executors.newFixedThreadPool(calls.size())) {
            var keys = threads.invokeAll(calls).stream()
                    .map(answer -> answer.resultNow().get("key_id"))
                    .distinct();
            assertThat(keys).hasSize(1);
        }
        assertThat(storedKeys(alice)).isEqualTo(1);
    }

    @Test
    void takesTwoHundredFiftySixKibibytesAndNotOneByteMore() {
        var longest = "x".repeat(256 * 1024);
        Calls.decrypt(alice, connection, Calls.sealed(alice, connection, longest))
                .then()
                .statusCode(200)
                .body("data.plaintext", equalTo(base64(longest)));

        refused(request("plaintext", base64(longest + "x")))
                .body("violations[0].field", equalTo("plaintext"))
                .body("violations[0].message", equalTo("must be base64 of 1 to 262144 bytes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"connection_id", "purpose", "plaintext"})
    void namesTheFieldThatIsMissing(String field) {
        var request = request("purpose", PURPOSE);
        request.remove(field);
        refused(request).body("violations[0].field", equalTo(field));
        refused(request(field, null)).body("violations[0].field", equalTo(field));
    }

    @ParameterizedTest
    @CsvSource({
        "purpose, everything",
        "connection_id, 17",
        "plaintext, ''",
        "plaintext, not base64!",
        "plaintext, c2VjcmV0ÿÿÿÿ",
        "tenant, acme"
    })
    void namesTheFieldThatDoesNotFitWithoutQuotingIt(String field, String value) {
        refused(request(field, value))
                .body("violations[0].field", equalTo(field))
                .body("detail", not(containsString("not base64!")))
                .body("violations[0].message", not(containsString("not base64!")));
    }

    @Test
    void refusesAPlaintextThatIsNoText() {
        refused(request("plaintext", 17)).body("violations[0].field", equalTo("plaintext"));
        refused(request("plaintext", List.of(1, 2))).body("violations[0].field", equalTo("plaintext"));
    }

    @Test
    void refusesABodyThatIsNotThere() {
        as("oauth-broker", alice)
                .post("/internal/encrypt")
                .then()
                .statusCode(400)
                .body("success", equalTo(false));
        as("oauth-broker", alice).body("null").post("/internal/encrypt").then().statusCode(400);
        as("oauth-broker", alice).body("{").post("/internal/encrypt").then().statusCode(400);
    }

    private ValidatableResponse refused(Map<String, Object> request) {
        return as("oauth-broker", alice)
                .body(request)
                .post("/internal/encrypt")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("validation-failed"));
    }

    private Map<String, Object> request(String field, Object value) {
        var request = new HashMap<String, Object>();
        request.put("connection_id", connection);
        request.put("purpose", PURPOSE);
        request.put("plaintext", base64("secret"));
        request.put(field, value);
        return request;
    }

    private static long storedKeys(UUID user) throws Exception {
        try (var database = PostgresResource.superuser();
                var query = database.prepareStatement("select count(*) from vault.data_keys where user_id = ?")) {
            query.setObject(1, user);
            var rows = query.executeQuery();
            rows.next();
            return rows.getLong(1);
        }
    }
}

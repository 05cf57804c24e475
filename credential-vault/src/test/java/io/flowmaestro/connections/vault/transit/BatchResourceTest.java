package io.flowmaestro.connections.vault.transit;

import static io.flowmaestro.connections.vault.transit.Calls.as;
import static io.flowmaestro.connections.vault.transit.Calls.base64;
import static io.flowmaestro.connections.vault.transit.Calls.item;
import static io.flowmaestro.connections.vault.transit.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class BatchResourceTest extends VaultTest {

    private final UUID alice = UUID.randomUUID();
    private final List<UUID> connections =
            IntStream.range(0, 100).mapToObj(i -> UUID.randomUUID()).toList();

    @Test
    void sealsAndOpensAHundredRecordsInTheirOrder() {
        List<Map<String, Object>> sealed = batch(
                        "encrypt",
                        connections.stream()
                                .map(id -> item(id, "plaintext", base64("secret of " + id)))
                                .toList())
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .body("data.results.size()", equalTo(100))
                .extract()
                .path("data.results.envelope");

        List<String> opened = batch(
                        "decrypt",
                        IntStream.range(0, 100)
                                .mapToObj(i -> item(connections.get(i), "envelope", sealed.get(i)))
                                .toList())
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .extract()
                .path("data.results.plaintext");

        assertThat(opened)
                .isEqualTo(connections.stream()
                        .map(id -> base64("secret of " + id))
                        .toList());
        assertThat(sealed.stream().map(envelope -> envelope.get("nonce"))).doesNotHaveDuplicates();
    }

    @Test
    void failsARecordWithoutFailingThoseBesideIt() {
        var id = connections.getFirst();
        var sealed = Calls.sealed(alice, id, "secret");

        batch(
                        "decrypt",
                        List.of(
                                item(id, "envelope", sealed),
                                item(id, "envelope", with(sealed, "key_version", 2)),
                                item(id, "envelope", "no envelope"),
                                item(UUID.randomUUID(), "envelope", sealed),
                                item(id, "envelope", sealed)))
                .statusCode(200)
                .body("data.results[0].plaintext", equalTo(base64("secret")))
                .body("data.results[1].error.code", equalTo("decryption-failed"))
                .body("data.results[2]", equalTo(Map.of("error", refusal())))
                .body("data.results[3]", equalTo(Map.of("error", refusal())))
                .body("data.results[4].plaintext", equalTo(base64("secret")));
    }

    private static Map<String, String> refusal() {
        return Map.of(
                "code",
                "decryption-failed",
                "detail",
                "The envelope does not open for this user, connection and purpose. Send it exactly as it was sealed.");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 101})
    void takesOneToAHundredRecords(int items) {
        batch("encrypt", Collections.nCopies(items, item(connections.getFirst(), "plaintext", base64("secret"))))
                .statusCode(400)
                .body("violations[0].field", equalTo("items"))
                .body("violations[0].message", equalTo("must have 1 to 100 items"));
    }

    @Test
    void saysWhichRecordOfTheBatchIsOff() {
        var good = item(connections.getFirst(), "plaintext", base64("secret"));
        batch("encrypt", List.of(good, good, with(good, "plaintext", "")))
                .statusCode(400)
                .body("violations[0].field", equalTo("items[2].plaintext"));
        batch("encrypt", List.of(good, with(good, "purpose", "everything")))
                .statusCode(400)
                .body("violations[0].field", equalTo("items[1].purpose"));
        batch("encrypt", Collections.singletonList(null))
                .statusCode(400)
                .body("violations[0].field", equalTo("items[0]"));
    }

    @Test
    void isOneUsers() {
        var id = connections.getFirst();
        var bobs = Calls.sealed(UUID.randomUUID(), id, "secret of bob");
        batch("decrypt", List.of(item(id, "envelope", bobs)))
                .statusCode(200)
                .body("data.results[0].error.code", equalTo("decryption-failed"));
    }

    private ValidatableResponse batch(String operation, List<Map<String, Object>> items) {
        return as("oauth-broker", alice)
                .body(Collections.singletonMap("items", items))
                .post("/internal/{operation}/batch", operation)
                .then();
    }
}

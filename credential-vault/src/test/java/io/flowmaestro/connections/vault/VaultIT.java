package io.flowmaestro.connections.vault;

import static io.flowmaestro.connections.vault.transit.Calls.PURPOSE;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.flowmaestro.connections.testing.PackagedService;
import io.flowmaestro.connections.vault.transit.Calls;
import io.quarkus.test.junit.QuarkusIntegrationTest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The vault as it is shipped, on what its component tests run on. */
@QuarkusIntegrationTest
class VaultIT extends PackagedService {

    private final UUID alice = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();

    @Override
    protected String guarded() {
        return "/internal/keys";
    }

    @Test
    void opensWhatItSealed() {
        var envelope = Calls.sealed(alice, connection, "secret");

        Calls.decrypt(alice, connection, envelope)
                .then()
                .statusCode(200)
                .header("Cache-Control", equalTo("no-store"))
                .body("data.plaintext", equalTo(Calls.base64("secret")));
    }

    @Test
    void opensNothingOfAnotherConnection() {
        var envelope = Calls.sealed(alice, connection, "secret");

        Calls.decrypt(alice, UUID.randomUUID(), envelope)
                .then()
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("decryption-failed"));
    }

    @Test
    void namesTheFieldThatDoesNotFit() {
        Calls.as("oauth-broker", alice)
                .body(Map.of("connection_id", connection, "purpose", PURPOSE, "plaintext", "not base64!"))
                .post("/internal/encrypt")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("validation-failed"))
                .body("violations[0].field", equalTo("plaintext"));
    }

    @Test
    void tellsAnOperatorOfItsKeys() {
        Calls.asAdmin().get("/internal/keys").then().statusCode(200).body("success", equalTo(true));
    }

    @Test
    void writesDownWhoseKeysItDestroyed() {
        Calls.sealed(alice, connection, "secret");

        Calls.as("connection-registry", alice)
                .delete("/internal/users/{user}/keys", alice)
                .then()
                .statusCode(200);

        Calls.asAdmin().get("/internal/shred-ledger").then().statusCode(200).body(containsString(alice.toString()));
        Calls.asAdmin().post("/internal/audit/verify").then().statusCode(200).body("data.intact", equalTo(true));
    }
}

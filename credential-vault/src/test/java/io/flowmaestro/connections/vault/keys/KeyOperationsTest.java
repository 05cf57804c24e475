package io.flowmaestro.connections.vault.keys;

import static io.flowmaestro.connections.vault.transit.Calls.as;
import static io.flowmaestro.connections.vault.transit.Calls.asAdmin;
import static io.flowmaestro.connections.vault.transit.Calls.base64;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.not;

import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.testing.Tokens;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.transit.Calls;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@QuarkusTest
class KeyOperationsTest extends VaultTest {

    private static final UUID SUITE = UUID.fromString("00000000-0000-0000-0000-000000000001");

    private final UUID alice = UUID.randomUUID();
    private final UUID connection = UUID.randomUUID();

    @Nested
    class Rotate {

        @Test
        void sealsWithTheNextVersionAndStillOpensTheFormer() {
            var before = Calls.sealed(alice, connection, "before");
            rotated();
            var after = Calls.sealed(alice, connection, "after");

            assertThat(after).containsEntry("key_id", before.get("key_id")).containsEntry("key_version", 2);
            opens(before, "before");
            opens(after, "after");
        }

        @Test
        void rewrapsARecordToTheNewestVersionWithoutShowingIt() {
            var before = Calls.sealed(alice, connection, "secret");
            rotated();

            Map<String, Object> after = rewrap(connection, before)
                    .statusCode(200)
                    .header("Cache-Control", equalTo("no-store"))
                    .body("data.size()", equalTo(2))
                    .body("data.rewrapped", equalTo(true))
                    .body("data.envelope.key_version", equalTo(2))
                    .extract()
                    .path("data.envelope");

            opens(after, "secret");
            assertThat(after.get("nonce")).isNotEqualTo(before.get("nonce"));
            rewrap(connection, after).body("data.rewrapped", equalTo(false)).body("data.envelope", equalTo(after));
            rewrap(UUID.randomUUID(), before).statusCode(422).body("code", equalTo("decryption-failed"));
            rewrap(connection, "forged").statusCode(422).body("code", equalTo("decryption-failed"));
        }

        @Test
        void isOpenToTheServiceThatOwnsTheRowsForItsUserOnly() {
            Calls.sealed(alice, connection, "secret");
            as("connection-registry", alice)
                    .post("/internal/users/{user}/keys/rotate", alice)
                    .then()
                    .statusCode(200);
            as("connection-registry", UUID.randomUUID())
                    .post("/internal/users/{user}/keys/rotate", alice)
                    .then()
                    .statusCode(403)
                    .body("code", equalTo("operation-not-allowed"));
            as("oauth-broker", alice)
                    .post("/internal/users/{user}/keys/rotate", alice)
                    .then()
                    .statusCode(403);
        }

        @Test
        void findsNothingForAUserWithoutKeys() {
            asAdmin()
                    .post("/internal/users/{user}/keys/rotate", alice)
                    .then()
                    .statusCode(404)
                    .body("code", equalTo("no-keys"));
        }
    }

    @Nested
    class TheMinimumVersion {

        @Test
        void isRaisedOnlyWhenNothingOfTheVersionBeforeCanBeOnItsWay() {
            Calls.sealed(alice, connection, "secret");
            rotated();
            minimum(2).statusCode(409).body("code", equalTo("rotated-too-recently"));
            minimum(3).statusCode(409).body("code", equalTo("no-such-version"));
            minimum(0).statusCode(400).body("violations[0].field", equalTo("minimum_version"));
        }

        @Test
        void refusesTheVersionsBelowItEvenToAReplicaThatHasTheirKeyInMemory() throws SQLException {
            var before = Calls.sealed(alice, connection, "before");
            opens(before, "before");
            rotated();
            opens(before, "before");
            rotatedLongAgo();

            minimum(2).statusCode(200).body("data.minimum_version", equalTo(2));

            Calls.decrypt(alice, connection, before).then().statusCode(422);
            rewrap(connection, before).statusCode(422);
            minimum(1).statusCode(200);
            opens(before, "before");
        }

        private void rotatedLongAgo() throws SQLException {
            try (var database = PostgresResource.superuser();
                    var update = database.prepareStatement(
                            "update vault.key_owners set rotated_at = now() - interval '1 hour' where user_id = ?")) {
                update.setObject(1, alice);
                update.executeUpdate();
            }
        }

        private ValidatableResponse minimum(int version) {
            return asAdmin()
                    .body(Map.of("minimum_version", version))
                    .put("/internal/users/{user}/keys/minimum-version", alice)
                    .then();
        }
    }

    @Nested
    class Status {

        @Test
        void showsAUsersKeyAndNothingOfTheKeyItself() {
            Calls.sealed(alice, connection, "secret");
            rotated();

            asAdmin()
                    .get("/internal/users/{user}/keys", alice)
                    .then()
                    .statusCode(200)
                    .body("data.size()", equalTo(5))
                    .body("data.newest_version", equalTo(2))
                    .body("data.minimum_version", equalTo(1))
                    .body("data.versions.version", equalTo(List.of(2, 1)))
                    .body("data.versions[1].messages_reserved", equalTo(4096))
                    .body("data.versions[0].size()", equalTo(4));
        }

        @Test
        void showsTheWholeRing() {
            Calls.sealed(alice, connection, "secret");
            asAdmin()
                    .get("/internal/keys")
                    .then()
                    .statusCode(200)
                    .body("data.key_encryption_keys.find { it.state == 'primary' }.provider", equalTo("local"))
                    .body("data.key_encryption_keys.find { it.state == 'primary' }.data_keys", greaterThanOrEqualTo(1))
                    .body("data.data_keys.users", greaterThanOrEqualTo(1))
                    .body("data.data_keys.awaiting_rewrap", equalTo(0));
        }

        @Test
        void isForOperatorsOnly() {
            as("connection-registry", alice).get("/internal/keys").then().statusCode(403);
            as("connection-registry", alice)
                    .get("/internal/users/{user}/keys", alice)
                    .then()
                    .statusCode(403);
            RestAssured.given()
                    .auth()
                    .oauth2(Tokens.user(alice))
                    .get("/internal/users/{user}/keys", alice)
                    .then()
                    .statusCode(403);
        }
    }

    @Nested
    class TheKeyEncryptionKey {

        @Test
        void isNotChangedWithoutOneThatWaits() {
            asAdmin()
                    .post("/internal/keys/rotate")
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("no-key-waits"))
                    .body("detail", containsString("ENCRYPTION_KEY_NEXT"));
        }
    }

    @Nested
    class Destroy {

        @Test
        void leavesNothingThatOpensAndGivesAReceiptAsOftenAsAsked() {
            var sealed = Calls.sealed(alice, connection, "secret");
            rotated();
            var again = Calls.sealed(alice, connection, "again");
            opens(sealed, "secret");

            String mac = destroy()
                    .statusCode(200)
                    .body("data.user_id", equalTo(alice.toString()))
                    .body("data.destroyed.size()", equalTo(1))
                    .body("data.destroyed[0].key_id", equalTo(sealed.get("key_id")))
                    .body("data.destroyed[0].versions", equalTo(2))
                    .extract()
                    .path("data.destroyed[0].mac");

            Calls.decrypt(alice, connection, sealed).then().statusCode(422);
            Calls.decrypt(alice, connection, again).then().statusCode(422);
            destroy().statusCode(200).body("data.destroyed.mac", equalTo(List.of(mac)));
            assertThat(ledger()).contains(mac, (String) sealed.get("key_id"));
        }

        @Test
        void letsTheUserBeginAnewWithAnotherKey() {
            var before = Calls.sealed(alice, connection, "before");
            destroy().statusCode(200);
            var after = Calls.sealed(alice, connection, "after");

            assertThat(after.get("key_id")).isNotEqualTo(before.get("key_id"));
            opens(after, "after");
            Calls.decrypt(alice, connection, before).then().statusCode(422);
        }

        @Test
        void saysThatThereWasNothingForAUserWithoutKeys() {
            destroy().statusCode(200).body("data.destroyed.size()", equalTo(0));
            assertThat(ledger()).doesNotContain(alice.toString());
        }

        @Test
        void isOpenToTheServiceThatErasesTheUserAndToOperators() {
            Calls.sealed(alice, connection, "secret");
            as("mcp-gateway", alice)
                    .delete("/internal/users/{user}/keys", alice)
                    .then()
                    .statusCode(403);
            as("connection-registry", UUID.randomUUID())
                    .delete("/internal/users/{user}/keys", alice)
                    .then()
                    .statusCode(403);
            asAdmin().delete("/internal/users/{user}/keys", alice).then().statusCode(200);
        }

        @Test
        void isRefusedToEverybodyForTheSuitesOwnKeysWhichCanBeRotated() {
            var sealed = Calls.sealed(SUITE, connection, "secret");

            for (var caller : List.of(asAdmin(), as("connection-registry", SUITE))) {
                caller.delete("/internal/users/{user}/keys", SUITE)
                        .then()
                        .statusCode(400)
                        .body("code", equalTo("validation-failed"))
                        .body("violations[0].field", equalTo("user"))
                        .body("violations[0].message", containsString("/keys/rotate"));
            }
            as("mcp-gateway", SUITE)
                    .delete("/internal/users/{user}/keys", SUITE)
                    .then()
                    .statusCode(403);

            assertThat(ledger()).doesNotContain(SUITE.toString());
            asAdmin().post("/internal/users/{user}/keys/rotate", SUITE).then().statusCode(200);
            Calls.decrypt(SUITE, connection, sealed).then().statusCode(200);
        }

        private ValidatableResponse destroy() {
            return as("connection-registry", alice)
                    .delete("/internal/users/{user}/keys", alice)
                    .then();
        }

        private static String ledger() {
            return asAdmin()
                    .get("/internal/shred-ledger")
                    .then()
                    .statusCode(200)
                    .contentType("application/x-ndjson")
                    .extract()
                    .asString();
        }
    }

    @Test
    void everyOperationLeavesARecord() throws SQLException {
        var sealed = Calls.sealed(alice, connection, "secret");
        opens(sealed, "secret");
        Calls.decrypt(alice, UUID.randomUUID(), sealed);
        rotated();
        rewrap(connection, sealed);
        as("connection-registry", alice).delete("/internal/users/{user}/keys", alice);

        assertThat(onRecord())
                .startsWith(
                        "encrypt ok 1", "decrypt ok 1", "decrypt decryption-failed 1", "rotate begun", "rotate ok 2")
                .containsSubsequence("rotate ok 2", "rewrap ok 2", "destroy begun", "destroy ok 2")
                .endsWith("destroy ok 2");
    }

    private List<String> onRecord() throws SQLException {
        try (var database = PostgresResource.superuser();
                var query = database.prepareStatement(
                        "select operation || ' ' || outcome || coalesce(' ' || key_version, '') from vault.audit_records"
                                + " where user_id = ? order by recorded_at, sequence")) {
            query.setObject(1, alice);
            var rows = query.executeQuery();
            List<String> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getString(1));
            }
            return found;
        }
    }

    private void rotated() {
        asAdmin().post("/internal/users/{user}/keys/rotate", alice).then().statusCode(200);
    }

    private void opens(Object envelope, String plaintext) {
        Calls.decrypt(alice, connection, envelope)
                .then()
                .statusCode(200)
                .body("data.plaintext", equalTo(base64(plaintext)));
    }

    private ValidatableResponse rewrap(UUID connection, Object envelope) {
        return as("connection-registry", alice)
                .body(Map.of("connection_id", connection, "purpose", Calls.PURPOSE, "envelope", envelope))
                .post("/internal/rewrap")
                .then()
                .body("data.plaintext", not(equalTo(base64("secret"))));
    }
}

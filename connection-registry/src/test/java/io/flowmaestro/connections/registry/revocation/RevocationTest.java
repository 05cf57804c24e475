package io.flowmaestro.connections.registry.revocation;

import static io.flowmaestro.connections.registry.Registry.ALICE;
import static io.flowmaestro.connections.registry.Registry.BOB;
import static io.flowmaestro.connections.registry.Registry.as;
import static io.flowmaestro.connections.registry.Registry.broker;
import static io.flowmaestro.connections.registry.Registry.sql;
import static io.flowmaestro.connections.registry.Registry.stored;
import static io.flowmaestro.connections.registry.Registry.update;
import static io.flowmaestro.connections.registry.revocation.Revocations.claim;
import static io.flowmaestro.connections.registry.revocation.Revocations.connected;
import static io.flowmaestro.connections.registry.revocation.Revocations.deleted;
import static io.flowmaestro.connections.registry.revocation.Revocations.due;
import static io.flowmaestro.connections.registry.revocation.Revocations.end;
import static io.flowmaestro.connections.registry.revocation.Revocations.renew;
import static io.flowmaestro.connections.registry.revocation.Revocations.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.registry.RegistryTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RegistryTest
class RevocationTest {

    @Inject
    RevocationService revocations;

    @BeforeEach
    void nothingElseIsQueued() throws SQLException {
        Registry.peersThatWork();
        update("delete from registry.connections");
    }

    @Nested
    class Queue {

        @Test
        void holdsADeletedConnectionOnceItCanNoLongerBeTakenBack() throws SQLException {
            String id = deleted(ALICE);
            assertThat(row(id, "round(extract(epoch from revocation_due_at - deleted_at))"))
                    .isEqualTo("600");
            claim(10).body("data.connections", empty());

            due(id);

            claim(10)
                    .header("Cache-Control", "no-store")
                    .body("data.connections.id", contains(id))
                    .body("data.connections[0].user_id", equalTo(ALICE.toString()))
                    .body("data.connections[0].provider", equalTo("github"))
                    .body("data.connections[0].credential_generation", equalTo(1))
                    .body("data.connections[0].envelope.ciphertext", equalTo("c2VhbGVk"));
        }

        @Test
        void holdsARevokedConnectionAtOnce() {
            String id = connected(ALICE);
            revoke(id);

            claim(10).body("data.connections.id", contains(id));
        }

        @Test
        void keepsARevokedConnectionWhoseOwnerPastesOtherTokens() throws SQLException {
            String id = connected(ALICE);
            revoke(id);

            as(ALICE)
                    .body("{\"data\": {\"access_token\": \"pasted\"}}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("status-change-not-allowed"))
                    .body("detail", containsString("signing in again"));
            as(ALICE)
                    .body("{\"name\": \"another name\"}")
                    .put("/api/connections/{id}", id)
                    .then()
                    .statusCode(200)
                    .body("data.status", equalTo("revoked"));
            assertThat(row(id, "credential_generation")).isEqualTo("1");
            claim(10).body("data.connections.id", contains(id));
        }

        @Test
        void holdsNoConnectionOfAnotherMethod() throws SQLException {
            String id = stored(ALICE, "openai");
            as(ALICE).delete("/api/connections/{id}", id).then().statusCode(200);
            String other = stored(ALICE, "openai");
            broker(ALICE)
                    .body("{\"status\": \"revoked\", \"expected_credential_generation\": 1}")
                    .put("/internal/connections/{id}/status", other)
                    .then()
                    .statusCode(200);

            assertThat(sql("select count(*) from registry.connections where revocation_due_at is not null"))
                    .isEqualTo("0");
        }

        @Test
        void tellsWhetherTheOwnerHasAnotherLiveConnectionOfTheProvider() throws SQLException {
            String id = deleted(ALICE);
            due(id);
            connected(ALICE);

            claim(10).body("data.connections.id", contains(id)).body("data.connections.others_live", contains(true));
        }

        /** As many as there are, each of them is no other live connection of this owner at this provider. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "user_id = '0190a1ce-0000-7000-8000-000000000b0b'",
                    "provider = 'gitlab'",
                    "connection_method = 'api_key'",
                    "status = 'revoked'",
                    "deleted_at = now()"
                })
        void countsNoOtherAmongThemThatRevokingWouldNotHurt(String change) throws SQLException {
            String id = deleted(ALICE);
            due(id);
            update("update registry.connections set " + change + " where id = '" + connected(ALICE) + "'");

            claim(10).body("data.connections.id", contains(id)).body("data.connections.others_live", contains(false));
        }

        @ParameterizedTest
        @ValueSource(strings = {"invalid", "expired"})
        void countsAConnectionThatOnlyNeedsAReconnectAsLive(String status) throws SQLException {
            String id = deleted(ALICE);
            due(id);
            update("update registry.connections set status = '" + status + "' where id = '" + connected(ALICE) + "'");

            claim(10).body("data.connections.others_live", contains(true));
        }

        @Test
        void countsConnectionsThatEndTogetherForNone() throws SQLException {
            due(deleted(ALICE));
            due(deleted(ALICE));

            claim(10).body("data.connections.others_live", contains(false, false));
        }

        @Test
        void isSharedOutAmongReplicasAndOverUsers() throws SQLException {
            for (UUID user : List.of(ALICE, BOB, ALICE)) {
                due(deleted(user));
            }

            claim(2).body("data.connections", hasSize(2));
            claim(2).body("data.connections", hasSize(1));
            claim(2).body("data.connections", empty());
        }

        @Test
        void getsBackWhatNobodyAnsweredInTime() throws SQLException {
            String id = deleted(ALICE);
            due(id);
            claim(10).body("data.connections.id", contains(id));

            update("update registry.connections set revocation_claimed_until = now() - interval '1 second'");

            claim(10).body("data.connections.id", contains(id));
            assertThat(row(id, "revocation_attempts")).isEqualTo("2");
        }

        @Test
        void isEmptiedByANewGrant() {
            String id = connected(ALICE);
            revoke(id);
            claim(10).body("data.connections.id", contains(id));

            grant(id);

            end(ALICE, id, "{\"outcome\": \"revoked\"}")
                    .statusCode(200)
                    .body("data.pending", equalTo(false))
                    .body("data.revoked_at_provider", nullValue());
            as(ALICE).get("/api/connections/{id}", id).then().body("data.status", equalTo("active"));
        }
    }

    @Nested
    class Restore {

        @Test
        void beforeTheProviderIsToldTakesTheRevocationBack() throws SQLException {
            String id = deleted(ALICE);
            due(id);

            restore(id, "active");

            claim(10).body("data.connections", empty());
        }

        @Test
        void afterItComesBackAsARevokedConnection() throws SQLException {
            String id = deleted(ALICE);
            due(id);
            claim(10).body("data.connections.id", contains(id));

            restore(id, "revoked");

            as(ALICE)
                    .get("/api/connections/{id}", id)
                    .then()
                    .body(
                            "data.status_reason",
                            equalTo("Its tokens were revoked at the provider after it was deleted. Reconnect it."));
            as(ALICE)
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body("data.type", equalTo(List.of("revoked", "restored", "deleted", "created")));
            end(ALICE, id, "{\"outcome\": \"revoked\"}").body("data.revoked_at_provider", notNullValue());
        }

        @ParameterizedTest
        @ValueSource(strings = {"revoked", "not_offered", "refused"})
        void afterItsEndComesBackAsARevokedConnectionToo(String outcome) throws SQLException {
            String id = deleted(ALICE);
            due(id);
            claim(10);
            end(ALICE, id, "{\"outcome\": \"" + outcome + "\"}").body("data.pending", equalTo(false));

            restore(id, "revoked");
        }

        @Test
        void ofAConnectionThatWasRevokedBeforeLeavesItInTheQueue() {
            String id = connected(ALICE);
            revoke(id);
            as(ALICE).delete("/api/connections/{id}", id).then().statusCode(200);

            restore(id, "revoked");

            claim(10).body("data.connections.id", contains(id));
        }

        private void restore(String id, String status) {
            as(ALICE)
                    .post("/api/connections/{id}/restore", id)
                    .then()
                    .statusCode(200)
                    .body("data.status", equalTo(status));
        }
    }

    @Nested
    class End {

        @Test
        void isRecordedOnceAndTheOwnerIsNotWrittenTo() throws SQLException {
            String id = connected(ALICE);
            revoke(id);
            claim(10);

            String first = end(ALICE, id, "{\"outcome\": \"revoked\", \"credential_generation\": 1}")
                    .statusCode(200)
                    .body("data.pending", equalTo(false))
                    .body("data.revoked_at_provider", notNullValue())
                    .extract()
                    .asString();
            String again = end(ALICE, id, "{\"outcome\": \"revoked\"}")
                    .statusCode(200)
                    .extract()
                    .asString();

            assertThat(again).isEqualTo(first);
            as(ALICE)
                    .queryParam("type", "revoked")
                    .get("/api/connections/{id}/events", id)
                    .then()
                    .body("data", hasSize(2))
                    .body("data[0].details.at_provider", equalTo(true))
                    .body("data[1].details.from", equalTo("active"));
            claim(10).body("data.connections", empty());
        }

        @Test
        void isOverAlsoWhereTheProviderWouldNotHaveIt() {
            String id = connected(ALICE);
            revoke(id);
            claim(10);

            end(ALICE, id, "{\"outcome\": \"refused\"}")
                    .body("data.pending", equalTo(false))
                    .body("data.revoked_at_provider", nullValue());

            as(ALICE).delete("/api/connections/{id}", id).then().statusCode(200);
            claim(10).body("data.connections", empty());
        }

        @Test
        void isPutOffForAsLongAsIsAskedFor() throws SQLException {
            String id = connected(ALICE);
            revoke(id);
            claim(10);

            end(ALICE, id, "{\"outcome\": \"retry\", \"retry_after_seconds\": 90}")
                    .body("data.pending", equalTo(true))
                    .body("data.due_at", notNullValue());

            assertThat(Double.parseDouble(row(id, "extract(epoch from revocation_due_at - now())")))
                    .isBetween(60.0, 90.0);
            claim(10).body("data.connections", empty());
            due(id);
            claim(10).body("data.connections.id", contains(id));
        }

        @Test
        void isGivenUpAfterAWeekOfTrying() throws SQLException {
            String id = connected(ALICE);
            revoke(id);
            claim(10);
            update("update registry.connections set revocation_since = now() - interval '8 days'");

            end(ALICE, id, "{\"outcome\": \"retry\"}").body("data.pending", equalTo(false));

            claim(10).body("data.connections", empty());
        }

        @Test
        void isGivenUpAlsoWhenNobodyTriesAnyMore() throws SQLException {
            String overdue = deleted(ALICE);
            update("update registry.connections set revocation_since = now() - interval '8 days'");
            String recent = deleted(BOB);

            assertThat(revocations.giveUp().await().indefinitely()).isEqualTo(1);

            assertThat(row(overdue, "revocation_due_at is null")).isEqualTo("t");
            assertThat(row(recent, "revocation_due_at is null")).isEqualTo("f");
        }

        @Test
        void needsAClaimOfThisCredential() throws SQLException {
            String id = connected(ALICE);
            revoke(id);

            end(ALICE, id, "{\"outcome\": \"revoked\"}").body("data.pending", equalTo(true));
            claim(10).body("data.connections.id", contains(id));
            end(ALICE, id, "{\"outcome\": \"revoked\", \"credential_generation\": 7}")
                    .body("data.pending", equalTo(true));

            assertThat(row(id, "revoked_at_provider")).isNull();
        }

        @Test
        void isTheOwnersAffair() {
            String id = connected(ALICE);
            revoke(id);
            claim(10);

            end(BOB, id, "{\"outcome\": \"revoked\"}").statusCode(404).body("code", equalTo("connection-not-found"));
            end(ALICE, UUID.randomUUID().toString(), "{\"outcome\": \"revoked\"}")
                    .statusCode(404);

            end(ALICE, id, "{\"outcome\": \"revoked\"}").body("data.revoked_at_provider", notNullValue());
        }
    }

    @Nested
    class LastLook {

        @Test
        void renewsTheClaimAndTellsOfOthersThatCameSince() throws SQLException {
            String id = connected(ALICE);
            revoke(id);
            claim(10).body("data.connections.others_live", contains(false));
            update("update registry.connections set revocation_claimed_until = now() - interval '1 second'");
            connected(ALICE);

            renew(ALICE, id, 1)
                    .statusCode(200)
                    .body("data.in_hand", equalTo(true))
                    .body("data.others_live", equalTo(true));

            claim(10).body("data.connections", empty());
        }

        @Test
        void seesThatTheUserHasReconnected() {
            String id = connected(ALICE);
            revoke(id);
            claim(10);
            grant(id);

            renew(ALICE, id, 1).statusCode(200).body("data.in_hand", equalTo(false));
        }

        @Test
        void seesThatTheNewGrantIsToBeRevokedInsteadOfTheOld() throws SQLException {
            String id = connected(ALICE);
            revoke(id);
            claim(10);
            update("update registry.connections set credential_generation = 2 where id = '" + id + "'");

            renew(ALICE, id, 1).body("data.in_hand", equalTo(false));
            renew(ALICE, id, 2).body("data.in_hand", equalTo(true));
        }

        @Test
        void isForAClaimAndItsOwner() {
            String id = connected(ALICE);
            revoke(id);

            renew(ALICE, id, 1).body("data.in_hand", equalTo(false));
            claim(10);
            renew(BOB, id, 1).statusCode(200).body("data.in_hand", equalTo(false));
            end(ALICE, id, "{\"outcome\": \"revoked\"}");
            renew(ALICE, id, 1).body("data.in_hand", equalTo(false));
        }
    }

    private static void revoke(String id) {
        broker(ALICE)
                .body("{\"status\": \"revoked\", \"expected_credential_generation\": 1}")
                .put("/internal/connections/{id}/status", id)
                .then()
                .statusCode(200);
    }

    private static void grant(String id) {
        broker(ALICE)
                .body("{\"attempt_id\": \"" + UUID.randomUUID()
                        + "\", \"expected_credential_generation\": 1, \"envelope\": " + Registry.ENVELOPE + "}")
                .put("/internal/connections/{id}/grant", id)
                .then()
                .statusCode(200);
    }
}

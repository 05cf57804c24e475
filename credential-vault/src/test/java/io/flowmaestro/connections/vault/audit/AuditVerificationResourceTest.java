package io.flowmaestro.connections.vault.audit;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import com.google.crypto.tink.subtle.Random;
import io.flowmaestro.connections.testing.Tokens;
import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Everything that somebody with all rights on the database, but without the audit key, may try. */
@QuarkusTest
class AuditVerificationResourceTest extends VaultTest {

    /** More than a page, so that pages are crossed. */
    private static final int LENGTH = 1100;

    private static final String OF_THE_CHAIN = " where writer_id = ? and sequence ";

    @Inject
    AuditKey key;

    @Inject
    AuditRecords records;

    @Inject
    CheckpointRepository checkpoints;

    private Written chain;
    private Written other;

    @BeforeEach
    void twoChainsAreWritten() {
        chain = Written.chain(key, records, Written.ticking(), LENGTH);
        other = Written.chain(key, records, Written.ticking(), 20);
    }

    @AfterEach
    void andClearedAway() {
        chain.clear();
        other.clear();
    }

    @Test
    void findsNothingInATrailThatNobodyTouched() {
        verify(Map.of())
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.intact", equalTo(true))
                .body("data.records", greaterThanOrEqualTo(LENGTH + 20))
                .body("data.chains", greaterThanOrEqualTo(2))
                .body("data.finding_count", equalTo(0))
                .body("data.findings.size()", equalTo(0));
    }

    @Test
    void needsNoBody() {
        as(Tokens.admin()).post("/internal/audit/verify").then().statusCode(200);
    }

    @Nested
    class Finds {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "operation = 'encrypt'",
                    "outcome = 'forbidden'",
                    "actor = 'someone-else'",
                    "user_id = gen_random_uuid()",
                    "connection_id = null",
                    "purpose = null",
                    "purpose = 'nothing the vault knows'",
                    "key_id = gen_random_uuid()",
                    "key_version = -1",
                    "trace_id = ''",
                    "recorded_at = recorded_at + interval '1 microsecond'",
                    "recorded_at = recorded_at - interval '10 years'",
                    "recorded_at = 'infinity'",
                    "recorded_at = '-infinity'",
                    "recorded_at = '294276-12-31'"
                })
        void anAlteredRecord(String change) {
            damage("update vault.audit_records set " + change + OF_THE_CHAIN + "= 500");
            assertFound("500 altered");
        }

        @Test
        void aReplacedMac() {
            damage("update vault.audit_records set mac = sha256('x')" + OF_THE_CHAIN + "= " + LENGTH);
            assertFound(LENGTH + " altered");
        }

        @ParameterizedTest
        @CsvSource({"= 500, 500", "between 400 and 1050, 400", "= 1, 1", "<= 1000, 1"})
        void removedRecords(String which, long first) {
            damage("delete from vault.audit_records" + OF_THE_CHAIN + which);
            assertFound(first + " missing");
        }

        @Test
        void recordsThatChangedPlaces() {
            damage("update vault.audit_records set sequence = 100010" + OF_THE_CHAIN + "= 10");
            damage("update vault.audit_records set sequence = 10" + OF_THE_CHAIN + "= 11");
            damage("update vault.audit_records set sequence = 11" + OF_THE_CHAIN + "= 100010");
            assertThat(findings(Map.of())).contains("10 altered", "11 altered");
        }

        @Test
        void recordsThatChangedChains() {
            var spare = UUID.randomUUID();
            var move = "update vault.audit_records set writer_id = ? where writer_id = ? and sequence = 7";
            Sql.execute(move, spare, chain.writer());
            Sql.execute(move, chain.writer(), other.writer());
            Sql.execute(move, other.writer(), spare);
            assertThat(findings(Map.of())).contains("7 altered");
            assertThat(findings(other, Map.of())).contains("7 altered");
        }

        @ParameterizedTest
        @ValueSource(strings = {"+", "-"})
        void aCopyBesideARecord(String direction) {
            copy(500, "sequence", "recorded_at " + direction + " interval '1 second'");
            assertThat(findings(Map.of())).contains("500 duplicate").doesNotContain("501 altered");
        }

        /** Seven rows a number, so that pages of a thousand end between two of one number however they start. */
        @Test
        void copiesOnTheEdgeOfAPage() {
            for (int copies = 1; copies <= 6; copies++) {
                damage("insert into vault.audit_records select recorded_at + interval '" + copies + " days', writer_id,"
                        + " sequence, operation, outcome, actor, user_id, connection_id, purpose, key_id, key_version,"
                        + " trace_id, mac from vault.audit_records" + OF_THE_CHAIN
                        + "> 0 and recorded_at < now() - interval '1 minute'");
            }
            verify(Map.of())
                    .then()
                    .body("data.records", equalTo((int) Sql.number("select count(*) from vault.audit_records")))
                    .body("data.finding_count", equalTo(LENGTH));
        }

        @Test
        void anAddedRecordAtTheEnd() {
            copy(LENGTH, "sequence + 1", "recorded_at");
            assertFound((LENGTH + 1) + " altered");
        }

        @Test
        void aChainWrittenWithAnotherKey() {
            var forged = Written.chain(
                    () -> io.smallrye.mutiny.Uni.createFrom().item(AuditMac.of(Random.randBytes(32))),
                    records,
                    Written.ticking(),
                    3);
            try {
                assertThat(findings(forged, Map.of())).containsExactly("1 altered", "2 altered", "3 altered");
            } finally {
                forged.clear();
            }
        }

        @Test
        void aTailCutOffBeforeAStoredCheckpoint() {
            store(chain.checkpoint(400), chain.checkpoint(900), chain.checkpoint(1000));
            damage("delete from vault.audit_records" + OF_THE_CHAIN + "> 899");
            assertFound("900 cut-off");
        }

        /** Whoever removes records may remove the checkpoints beside them, but not the operator's log. */
        @Test
        void aTailCutOffBeforeACheckpointOfTheLog() {
            damage("delete from vault.audit_records" + OF_THE_CHAIN + "> 899");
            assertFound();
            assertThat(findings(fromTheLog(chain.checkpoint(899)))).isEmpty();
            assertThat(findings(fromTheLog(chain.checkpoint(900)))).containsExactly("900 cut-off");
        }

        @Test
        void aChainThatIsGone() {
            damage("delete from vault.audit_records" + OF_THE_CHAIN + "> 0");
            assertFound();
            assertThat(findings(fromTheLog(chain.checkpoint(LENGTH)))).containsExactly("1 unknown-chain");
            store(chain.checkpoint(5), chain.checkpoint(10));
            assertFound("1 unknown-chain");
        }

        @Test
        void aCheckpointThatSaysSomethingElse() {
            var real = chain.checkpoint(600);
            store(new Checkpoint(real.writerId(), 600, chain.checkpoint(601).mac()));
            assertFound("600 altered");
        }

        private void copy(int sequence, String number, String time) {
            damage("insert into vault.audit_records select " + time + ", writer_id, " + number
                    + ", operation, outcome, actor, user_id, connection_id, purpose, key_id, key_version, trace_id, mac"
                    + " from vault.audit_records" + OF_THE_CHAIN + "= " + sequence);
        }

        private void damage(String statement) {
            Sql.execute(statement, chain.writer());
        }
    }

    @Nested
    class Since {

        @Test
        void looksAtNothingBeforeIt() {
            Sql.execute("update vault.audit_records set actor = 'x'" + OF_THE_CHAIN + "in (100, 499)", chain.writer());
            assertThat(findings(Map.of("since", timeOf(500)))).isEmpty();
            assertThat(findings(Map.of("since", timeOf(499)))).containsExactly("499 altered");
        }

        @Test
        void checksTheFirstRecordAgainstTheOneBefore() {
            var since = timeOf(500);
            Sql.execute("update vault.audit_records set actor = 'x'" + OF_THE_CHAIN + "= 500", chain.writer());
            assertThat(findings(Map.of("since", since))).containsExactly("500 altered");
        }

        @Test
        void findsThatTheFirstIsGone() {
            var since = timeOf(500);
            Sql.execute("delete from vault.audit_records" + OF_THE_CHAIN + "in (500, 501)", chain.writer());
            assertThat(findings(Map.of("since", since))).containsExactly("501 missing");
        }

        private String timeOf(int sequence) {
            return Instant.EPOCH
                    .plus(chain.records().get(sequence - 1).record().recordedAt(), ChronoUnit.MICROS)
                    .toString();
        }
    }

    @Nested
    class Refuses {

        @Test
        void whoeverIsNoOperator() {
            given().post("/internal/audit/verify").then().statusCode(401);
            refused(as(Tokens.user(UUID.randomUUID())));
            refused(as(Tokens.worker()).header("X-On-Behalf-Of", UUID.randomUUID()));
            refused(as(Tokens.service("oauth-broker")).header("X-On-Behalf-Of", UUID.randomUUID()));
            refused(as(Tokens.service("credential-vault")).header("X-On-Behalf-Of", UUID.randomUUID()));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = ';',
                value = {
                    "{\"checkpoints\": [null]}; checkpoints[0]",
                    "{\"checkpoints\": [{\"sequence\": 1}]}; checkpoints[0].writer_id",
                    "{\"checkpoints\": [{\"writer_id\": \"00000000-0000-0000-0000-000000000001\"}]}; checkpoints[0].sequence",
                    "{\"checkpoints\": [{\"writer_id\": \"00000000-0000-0000-0000-000000000001\", \"sequence\": 1, \"mac\": \"ab\"}]}; checkpoints[0].mac",
                    "{\"since\": \"2999-01-01T00:00:00Z\"}; since",
                    "{\"since\": \"yesterday\"}; since"
                })
        void aBodyThatMakesNoSense(String body, String field) {
            as(Tokens.admin())
                    .body(body)
                    .post("/internal/audit/verify")
                    .then()
                    .statusCode(400)
                    .body("code", equalTo("validation-failed"))
                    .body("violations[0].field", equalTo(field));
        }

        private static void refused(RequestSpecification caller) {
            caller.post("/internal/audit/verify").then().statusCode(403).body("code", equalTo("forbidden"));
        }
    }

    private void assertFound(String... found) {
        assertThat(findings(Map.of())).containsExactly(found);
    }

    private List<String> findings(Map<String, ?> body) {
        return findings(chain, body);
    }

    private static List<String> findings(Written of, Map<String, ?> body) {
        List<Map<String, Object>> all =
                verify(body).then().statusCode(200).extract().path("data.findings");
        return all.stream()
                .filter(finding -> of.writer().toString().equals(finding.get("writer_id")))
                .map(finding -> finding.get("sequence") + " " + finding.get("problem"))
                .toList();
    }

    private static io.restassured.response.Response verify(Map<String, ?> body) {
        return as(Tokens.admin()).body(body).post("/internal/audit/verify");
    }

    private static RequestSpecification as(String token) {
        return given().auth().oauth2(token).contentType("application/json");
    }

    private static Map<String, ?> fromTheLog(Checkpoint checkpoint) {
        return Map.of(
                "checkpoints",
                List.of(Map.of(
                        "writer_id", checkpoint.writerId(),
                        "sequence", checkpoint.sequence(),
                        "mac", HexFormat.of().formatHex(checkpoint.mac().toByteArray()))));
    }

    private void store(Checkpoint... heads) {
        checkpoints
                .add(List.of(heads))
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }
}

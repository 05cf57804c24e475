package io.flowmaestro.connections.vault.masterkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import io.flowmaestro.connections.http.ProblemException;
import io.flowmaestro.connections.vault.problem.DatabaseFailure;
import io.smallrye.mutiny.Uni;
import java.net.ConnectException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class KeyGateTest {

    private final LocalKey key = LocalKey.of(Random.randBytes(32));
    private final Database database = new Database();
    private final Exits exits = new Exits();

    @Test
    void enrolsTheFirstKeyAndOpensForItEverAfter() {
        var first = gate(key).verified().await().indefinitely();
        var restarted = gate(key).verified().await().indefinitely();

        assertThat(restarted.id()).isEqualTo(first.id());
        assertThat(exits.happened).isFalse();
    }

    @Test
    void agreesOnOneKeyWhenTwoReplicasEnrolAtOnce() {
        database.raced = true;

        var first = gate(key).verified().await().indefinitely();
        var second = gate(key).verified().await().indefinitely();

        assertThat(first.id()).isEqualTo(database.enrolled.kekId()).isEqualTo(second.id());
    }

    @Test
    void endsTheProcessWhenTheKeyWasChanged() {
        gate(key).verified().await().indefinitely();
        var changed = gate(LocalKey.of(Random.randBytes(32)));

        assertThatThrownBy(() -> changed.verified().await().indefinitely()).isInstanceOf(ProblemException.class);
        assertThat(exits.happened).isTrue();
        assertThatThrownBy(() -> changed.verified().await().indefinitely())
                .as("it stays shut on its way out")
                .isInstanceOf(ProblemException.class);
        assertThat(new KeyCheckReadiness(changed).call().getStatus()).isEqualTo(Status.DOWN);
    }

    @Test
    void saysWhatToDoWhenTheKeyWasChanged() {
        gate(key).verified().await().indefinitely();
        var outcome = new KeyCheck(LocalKey.of(Random.randBytes(32)), database)
                .run()
                .await()
                .indefinitely();

        assertThat(outcome)
                .isInstanceOfSatisfying(
                        KeyCheckOutcome.Refused.class,
                        refused -> assertThat(refused.message())
                                .contains("ENCRYPTION_KEY is not the key", "Start again with the former key")
                                .contains(database.enrolled.kekId().toString()));
    }

    @Test
    void refusesACheckValueThatWasMovedFromAnotherKeysRow() {
        gate(key).verified().await().indefinitely();
        database.enrolled =
                new EnrolledKey(UUID.randomUUID(), database.enrolled.checkValue(), database.enrolled.enrolledAt());

        assertThat(new KeyCheck(key, database).run().await().indefinitely())
                .isInstanceOf(KeyCheckOutcome.Refused.class);
    }

    @Test
    void waitsUnreadyForADatabaseThatIsAway() {
        var gate = gate(key);
        var readiness = new KeyCheckReadiness(gate);
        database.away = true;

        assertThatThrownBy(() -> gate.verified().await().indefinitely()).isInstanceOf(ProblemException.class);
        assertThat(readiness.call().getStatus()).isEqualTo(Status.DOWN);
        assertThat(exits.happened).isFalse();

        database.away = false;
        gate.verified().await().indefinitely();
        assertThat(readiness.call().getStatus()).isEqualTo(Status.UP);
    }

    private KeyGate gate(KeyEncryptionKey key) {
        return new KeyGate(new KeyCheck(key, database), exits);
    }

    private static final class Exits extends Termination {
        private boolean happened;

        @Override
        void exit() {
            happened = true;
        }
    }

    private static final class Database implements EnrolledKeys {
        private EnrolledKey enrolled;
        private boolean away;
        private boolean raced;

        @Override
        public Uni<Optional<EnrolledKey>> primary() {
            return away
                    ? Uni.createFrom().failure(DatabaseFailure.translate(new ConnectException("refused")))
                    : Uni.createFrom().item(raced ? Optional.empty() : Optional.ofNullable(enrolled));
        }

        @Override
        public Uni<EnrolledKey> enrol(UUID kekId, Bytes checkValue) {
            if (enrolled == null) {
                enrolled = new EnrolledKey(kekId, checkValue, OffsetDateTime.now(ZoneOffset.UTC));
            }
            return Uni.createFrom().item(enrolled);
        }
    }
}

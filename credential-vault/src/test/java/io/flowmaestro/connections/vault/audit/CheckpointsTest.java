package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
class CheckpointsTest extends VaultTest {

    @Inject
    AuditTrail trail;

    @Inject
    Checkpoints checkpoints;

    private final UUID user = UUID.randomUUID();

    @BeforeEach
    void somethingIsRecorded() {
        trail.append(List.of(Events.of(user))).await().atMost(Duration.ofSeconds(10));
    }

    @Test
    void areStoredWhenTheHeadMovedAndOnlyThen() {
        checkpoints.checkpoint().await().atMost(Duration.ofSeconds(10));
        assertThat(ofTheHead()).isEqualTo(1);

        var all = Sql.number("select count(*) from vault.audit_checkpoints");
        checkpoints.checkpoint().await().atMost(Duration.ofSeconds(10));
        assertThat(Sql.number("select count(*) from vault.audit_checkpoints")).isEqualTo(all);
    }

    @Test
    void areStoredWhenTheVaultStops() throws InterruptedException {
        checkpoints.stop(new ShutdownEvent());
        assertThat(ofTheHead()).isEqualTo(1);
    }

    @Test
    void areStoredLaterWhenTheChainEndsBefore() {
        checkpoints.ended();
        assertThat(ofTheHead()).isZero();
        checkpoints.checkpoint().await().atMost(Duration.ofSeconds(10));
        assertThat(ofTheHead()).isEqualTo(1);
    }

    private long ofTheHead() {
        return Sql.number("""
                select count(*) from vault.audit_checkpoints c join vault.audit_records r
                    on r.writer_id = c.writer_id and r.sequence = c.sequence and r.mac = c.mac
                where r.user_id = ?""", user);
    }
}

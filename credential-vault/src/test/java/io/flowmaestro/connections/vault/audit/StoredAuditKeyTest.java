package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.scheduled.Rounds;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class StoredAuditKeyTest extends VaultTest {

    @Inject
    KeyGate gate;

    @Inject
    WrappedAuditKeyRepository keys;

    @Inject
    AuditKey running;

    @BeforeEach
    void theKeyIsKept() {
        load(running);
        Sql.execute("create table public.kept as select * from vault.audit_keys");
    }

    @AfterEach
    void andPutBack() {
        Sql.execute("delete from vault.audit_keys");
        Sql.execute("insert into vault.audit_keys select * from public.kept");
        Sql.execute("drop table public.kept");
    }

    @Test
    void isTheSameForEveryVaultOnTheDatabase() {
        var sealed = new AuditChain(Clock.systemUTC()).seal(load(running), Events.ofNobody());

        var replica = load(new StoredAuditKey(gate, keys, new Rounds()));

        assertThat(replica.follows(AuditMac.NONE_BEFORE, sealed)).isTrue();
        assertThat(Sql.number("select count(*) from vault.audit_keys")).isEqualTo(1);
    }

    @Test
    void isMadeWhenThereIsNone() {
        Sql.execute("delete from vault.audit_keys");

        var first = load(new StoredAuditKey(gate, keys, new Rounds()));

        var sealed = new AuditChain(Clock.systemUTC()).seal(first, Events.ofNobody());
        assertThat(load(new StoredAuditKey(gate, keys, new Rounds())).follows(AuditMac.NONE_BEFORE, sealed))
                .isTrue();
        assertThat(load(running).follows(AuditMac.NONE_BEFORE, sealed)).isFalse();
    }

    /** It must not look like an envelope that does not open, which is a caller's mistake. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "wrapped_key = set_byte(wrapped_key, 20, 255 - get_byte(wrapped_key, 20))",
                "audit_key_id = gen_random_uuid()"
            })
    void isRefusedWithAReasonWhenItsRowWasChanged(String change) {
        Sql.execute("update vault.audit_keys set " + change);

        assertThatThrownBy(() -> load(new StoredAuditKey(gate, keys, new Rounds())))
                .isInstanceOf(UnusableAuditKey.class)
                .hasMessageContaining("vault.audit_keys was altered");
    }

    private static AuditMac load(AuditKey key) {
        return key.mac().await().atMost(Duration.ofSeconds(10));
    }
}

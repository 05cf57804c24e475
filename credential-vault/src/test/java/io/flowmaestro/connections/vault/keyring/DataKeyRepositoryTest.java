package io.flowmaestro.connections.vault.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
class DataKeyRepositoryTest extends VaultTest {

    @Inject
    KeyGate gate;

    @Inject
    DataKeys keys;

    @Inject
    UserKeyRepository userKeys;

    private final KeyScope alice = new KeyScope(UUID.randomUUID());
    private final KeyScope bob = new KeyScope(UUID.randomUUID());
    private StoredDataKey hers;

    @BeforeEach
    void bothHaveAKey() {
        hers = add(alice);
        add(bob);
    }

    @Test
    void findsAUsersKeyForThatUserOnly() {
        var version = hers.key().version();
        assertThat(soon(keys.find(alice, version))).contains(hers);
        assertThat(soon(keys.find(bob, version))).isEmpty();
        assertThat(soon(keys.any(bob, version))).isEmpty();
    }

    @Test
    void keepsTheFirstKeyWhenASecondReplicaBringsAnother() {
        assertThat(add(alice)).isEqualTo(hers);
        assertThat(soon(keys.newest(alice))).contains(hers);
    }

    @Nested
    class Rotation {

        @Test
        void makesTheNextVersionTheNewestAndChangesTheEpoch() {
            assertThat(soon(keys.rotate(next(2)))).isTrue();

            var newest = soon(keys.newest(alice)).orElseThrow();
            assertThat(newest.key().version().version()).isEqualTo(2);
            assertThat(newest.epoch()).isGreaterThan(hers.epoch());
            assertThat(soon(keys.find(alice, hers.key().version()))).isPresent();
        }

        @Test
        void happensOnceForTwoReplicasThatWantTheSame() {
            assertThat(soon(keys.rotate(next(2)))).isTrue();
            assertThat(soon(keys.rotate(next(2)))).isFalse();
            assertThat(soon(keys.rotate(next(7)))).as("no version is left out").isFalse();
            assertThat(soon(keys.newest(alice)).orElseThrow().key().version().version())
                    .isEqualTo(2);
        }

        @Test
        void isRefusedUnderAKeyThatIsNotPrimary() {
            var foreign = next(2);
            var wrapped = new WrappedDataKey(foreign.scope(), foreign.version(), UUID.randomUUID(), foreign.wrapped());

            assertThatThrownBy(() -> soon(keys.rotate(wrapped))).isInstanceOf(NotPrimary.class);
            assertThat(soon(keys.newest(alice))).as("nothing is half done").contains(hers);
        }

        private WrappedDataKey next(int version) {
            return wrapped(alice, new KeyVersion(hers.key().version().keyId(), version));
        }
    }

    @Nested
    class Reservation {

        @Test
        void grantsUpToTheBoundAndThenNothing() {
            var version = hers.key().version();
            assertThat(soon(keys.reserve(alice, version, 60, 100))).isEqualTo(60);
            assertThat(soon(keys.reserve(alice, version, 60, 100))).isEqualTo(40);
            assertThat(soon(keys.reserve(alice, version, 60, 100))).isZero();
            assertThat(soon(keys.reserve(bob, version, 60, 100))).isZero();
        }

        @Test
        void neverGrantsMoreThanTheBoundHoweverManyReplicasAsk() {
            var asked = IntStream.range(0, 50)
                    .mapToObj(i -> keys.reserve(alice, hers.key().version(), 7, 100))
                    .toList();
            var granted = soon(Uni.join().all(asked).andFailFast());

            assertThat(granted.stream().mapToLong(Long::longValue).sum()).isEqualTo(100);
        }
    }

    @Nested
    class TheMinimumVersion {

        @Test
        void hidesTheVersionsBelowItFromOpeningAndChangesTheEpoch() {
            soon(keys.rotate(wrapped(alice, new KeyVersion(hers.key().version().keyId(), 2))));
            var before = soon(keys.newest(alice)).orElseThrow().epoch();

            assertThat(soon(userKeys.setMinimum(alice, 2, Duration.ofMinutes(1))))
                    .as("too soon after the rotation")
                    .isFalse();
            assertThat(soon(userKeys.setMinimum(alice, 2, Duration.ZERO))).isTrue();

            assertThat(soon(keys.find(alice, hers.key().version()))).isEmpty();
            assertThat(soon(keys.any(alice, hers.key().version())))
                    .as("for rewrapping")
                    .isPresent();
            assertThat(soon(keys.newest(alice)).orElseThrow().epoch()).isGreaterThan(before);
            assertThat(soon(userKeys.setMinimum(alice, 3, Duration.ZERO)))
                    .as("above the newest")
                    .isFalse();
        }

        @Test
        void canBeLoweredAgainAtOnce() {
            soon(keys.rotate(wrapped(alice, new KeyVersion(hers.key().version().keyId(), 2))));
            soon(userKeys.setMinimum(alice, 2, Duration.ZERO));

            assertThat(soon(userKeys.setMinimum(alice, 1, Duration.ofMinutes(1))))
                    .isTrue();
            assertThat(soon(keys.find(alice, hers.key().version()))).isPresent();
        }
    }

    @Nested
    class RowSecurity {

        @Test
        void hidesEveryRowUntilAUserIsSet() throws SQLException {
            try (var app = PostgresResource.as("vault_app")) {
                assertThat(visible(app, Optional.empty())).isZero();
                assertThat(visible(app, Optional.of(UUID.randomUUID()))).isZero();
                assertThat(visible(app, Optional.of(alice.user()))).isEqualTo(1);
            }
        }

        @Test
        void forgetsTheUserWithTheTransaction() throws SQLException {
            try (var app = PostgresResource.as("vault_app")) {
                app.setAutoCommit(false);
                assertThat(visible(app, Optional.of(alice.user()))).isEqualTo(1);
                app.commit();
                assertThat(visible(app, Optional.empty())).isZero();
            }
        }

        @Test
        void refusesARowForAnotherUser() throws SQLException {
            try (var app = PostgresResource.as("vault_app")) {
                app.setAutoCommit(false);
                visible(app, Optional.of(alice.user()));
                try (var insert = app.prepareStatement(
                        "insert into vault.data_keys (key_id, key_version, user_id, kek_id, wrapped_key)"
                                + " select ?, 7, ?, kek_id, ? from vault.key_encryption_keys")) {
                    insert.setObject(1, UUID.randomUUID());
                    insert.setObject(2, bob.user());
                    insert.setBytes(3, new byte[60]);
                    assertThatThrownBy(insert::executeUpdate).hasMessageContaining("row-level security");
                }
            }
        }

        @Test
        void isForcedSoThatNoPolicyIsSkippedByOwnership() throws SQLException {
            try (var superuser = PostgresResource.superuser();
                    var query = superuser.prepareStatement("select relrowsecurity and relforcerowsecurity from pg_class"
                            + " where oid = 'vault.data_keys'::regclass")) {
                var row = query.executeQuery();
                row.next();
                assertThat(row.getBoolean(1)).isTrue();
            }
        }
    }

    @Nested
    class Grants {

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "update vault.data_keys set key_version = 2",
                    "update vault.data_keys set user_id = key_id",
                    "truncate vault.data_keys cascade",
                    "update vault.key_owners set user_id = key_id",
                    "update vault.key_encryption_keys set check_value = ''",
                    "delete from vault.key_encryption_keys",
                    "update vault.shred_ledger set versions = 2",
                    "delete from vault.shred_ledger"
                })
        void letTheServiceChangeNoMoreThanItMust(String statement) throws SQLException {
            assertDenied("vault_app", statement);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "select wrapped_key from vault.data_keys",
                    "select check_value from vault.key_encryption_keys",
                    "select wrapped_key from vault.audit_keys",
                    "update vault.data_keys set key_version = 2",
                    "update vault.data_keys set wrapped_key = ''",
                    "update vault.key_encryption_keys set state = 'retired'"
                })
        void letJobsReadNoKeyMaterial(String statement) throws SQLException {
            assertDenied("vault_jobs", statement);
        }

        @Test
        void letJobsSeeWhatIsDue() throws SQLException {
            try (var jobs = PostgresResource.as("vault_jobs");
                    var query = jobs.prepareStatement("select count(*) from vault.data_keys where user_id in (?, ?)")) {
                query.setObject(1, alice.user());
                query.setObject(2, bob.user());
                var row = query.executeQuery();
                row.next();
                assertThat(row.getInt(1)).isEqualTo(2);
            }
        }

        private static void assertDenied(String role, String statement) throws SQLException {
            try (var connection = PostgresResource.as(role);
                    var attempt = connection.createStatement()) {
                assertThatThrownBy(() -> attempt.execute(statement)).hasMessageContaining("permission denied");
            }
        }
    }

    private StoredDataKey add(KeyScope scope) {
        soon(keys.add(wrapped(scope, new KeyVersion(UUID.randomUUID(), 1))));
        return soon(keys.newest(scope)).orElseThrow();
    }

    private WrappedDataKey wrapped(KeyScope scope, KeyVersion version) {
        return soon(gate.verified().chain(keks -> KeyWrapping.fresh(keks.primary(), scope, version)));
    }

    private static <T> T soon(Uni<T> work) {
        return work.await().atMost(Duration.ofSeconds(10));
    }

    private static int visible(Connection app, Optional<UUID> user) throws SQLException {
        app.setAutoCommit(false);
        if (user.isPresent()) {
            try (var set = app.prepareStatement("select set_config('app.user_id', ?, true)")) {
                set.setString(1, user.get().toString());
                set.execute();
            }
        }
        try (var query = app.createStatement();
                var row = query.executeQuery("select count(*) from vault.data_keys")) {
            row.next();
            return row.getInt(1);
        }
    }
}

package io.flowmaestro.connections.vault.keyring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.testing.PostgresResource;
import io.flowmaestro.connections.vault.VaultTest;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.masterkey.KeyGate;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
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

    private final KeyScope alice = new KeyScope(UUID.randomUUID());
    private final KeyScope bob = new KeyScope(UUID.randomUUID());
    private WrappedDataKey hers;

    @BeforeEach
    void bothHaveAKey() {
        hers = add(alice);
        add(bob);
    }

    @Test
    void findsAUsersKeyForThatUserOnly() {
        assertThat(keys.find(alice, hers.version()).await().atMost(Duration.ofSeconds(5)))
                .contains(hers);
        assertThat(keys.find(bob, hers.version()).await().atMost(Duration.ofSeconds(5)))
                .isEmpty();
    }

    @Test
    void keepsTheFirstKeyWhenASecondReplicaBringsAnother() {
        assertThat(add(alice)).isEqualTo(hers);
        assertThat(keys.newest(alice).await().atMost(Duration.ofSeconds(5))).contains(hers);
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
                    "delete from vault.data_keys",
                    "truncate vault.data_keys cascade",
                    "update vault.key_encryption_keys set state = 'retired'",
                    "delete from vault.key_encryption_keys"
                })
        void letTheServiceChangeNoKey(String statement) throws SQLException {
            assertDenied("vault_app", statement);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "select wrapped_key from vault.data_keys",
                    "select check_value from vault.key_encryption_keys",
                    "update vault.data_keys set key_version = 2"
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

    private WrappedDataKey add(KeyScope scope) {
        return gate.verified()
                .chain(kek -> KeyWrapping.fresh(kek, scope))
                .chain(keys::add)
                .await()
                .atMost(Duration.ofSeconds(10));
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

package io.flowmaestro.connections.migration.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.migration.refusal.Refusal;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceAddressTest {
    @Test
    void isReadAsLibpqWritesIt() {
        assertThat(SourceAddress.parse(
                        "postgresql://flow%40x@db.example:6432/flow%20maestro?sslmode=verify-full&connect_timeout=5"))
                .isEqualTo(new SourceAddress(
                        "db.example",
                        6432,
                        "flow maestro",
                        Optional.of("flow@x"),
                        Map.of("sslmode", "verify-full", "connectTimeout", "5")));
        assertThat(SourceAddress.parse("postgres://localhost/x").jdbcUrl())
                .isEqualTo("jdbc:postgresql://localhost:5432/x");
        assertThat(SourceAddress.parse("postgres://[::1]/x").jdbcUrl()).isEqualTo("jdbc:postgresql://[::1]:5432/x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://flow:canary@db/x",
                "postgresql://flow:@db/x",
                "postgresql://db/x?user=flow&password=canary",
                "postgresql://db/x?sslpassword=canary"
            })
    void withAPasswordIsRefusedWithAWordOnWhereToPutIt(String address) {
        assertThatThrownBy(() -> SourceAddress.parse(address))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(2))
                .hasMessageContainingAll("PGPASSWORD", "~/.pgpass", "CONNECTIONS_IMPORT_PASSWORD_FILE")
                .hasMessageNotContaining("canary");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flowmaestro",
                "mysql://db/x",
                "jdbc:postgresql://db/x",
                "postgresql:///x",
                "postgresql://db",
                "postgresql://db/",
                "postgresql://db/x/y",
                "postgresql://one,two/x",
                "postgresql://flow:can ary@db/x",
                "postgresql://db/x?socketFactory=evil.Factory",
                "postgresql://db/x?loggerFile=/tmp/x",
                "postgresql://db/x?p%61ssword=canary"
            })
    void ofAnotherFormIsRefusedWithoutRepeatingIt(String address) {
        assertThatThrownBy(() -> SourceAddress.parse(address))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(2))
                .hasMessageStartingWith("--from ")
                .hasMessageNotContainingAny("evil", "can ary", "canary");
    }
}

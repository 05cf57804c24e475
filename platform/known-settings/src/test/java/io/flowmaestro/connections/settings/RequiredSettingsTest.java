package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequiredSettingsTest {

    private static final KnownSettings KNOWN = KnownSettings.of("""
            CONNECTIONS_DATABASE_PASSWORD text Password of the role.
            CONNECTIONS_DATABASE_URL database-url The database, as postgresql://host:5432/name.
            CONNECTIONS_DIRECT_DATABASE_URL database-url
            CONNECTIONS_ISSUER web-url Issuer URL of the identity provider.
            CONNECTIONS_MESH flag
            """);

    private static final Map<String, String> VALUES = Map.of(
            "quarkus.datasource.reactive.url", "${CONNECTIONS_DATABASE_URL}",
            "connections.changes.database-url", "${CONNECTIONS_DIRECT_DATABASE_URL:${CONNECTIONS_DATABASE_URL}}",
            "quarkus.datasource.password", "${CONNECTIONS_DATABASE_PASSWORD}",
            "quarkus.oidc.auth-server-url", "${CONNECTIONS_ISSUER}",
            "quarkus.oidc.token.issuer", "${CONNECTIONS_ISSUER}",
            "connections.mesh", "${CONNECTIONS_MESH:false}",
            "other.library", "${ANOTHER_PROGRAMS}");

    private static final String DATABASE =
            "CONNECTIONS_DATABASE_URL must be set. The database, as postgresql://host:5432/name.";
    private static final String ISSUER = "CONNECTIONS_ISSUER must be set. Issuer URL of the identity provider.";
    private static final String PASSWORD = "CONNECTIONS_DATABASE_PASSWORD must be set. Password of the role.";

    private final List<Given> given = new ArrayList<>();

    private List<String> complaints() {
        return new RequiredSettings(KNOWN, VALUES).complaints(given);
    }

    private void set(String name, String value) {
        given.add(new Given(name, "environment", value));
    }

    private void setEverything() {
        set("CONNECTIONS_DATABASE_URL", "postgresql://db/c");
        set("CONNECTIONS_DATABASE_PASSWORD", "secret-canary");
        set("CONNECTIONS_ISSUER", "https://id.example");
    }

    @Test
    void areToldAllAtOnceOnceEachWithWhatTheyAreFor() {
        assertThat(complaints()).containsExactly(PASSWORD, DATABASE, ISSUER);
    }

    @Test
    void areFineOnceTheyAreThere() {
        setEverything();

        assertThat(complaints()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void areNotThereWithoutAValue(String value) {
        setEverything();
        given.removeIf(setting -> setting.name().equals("CONNECTIONS_ISSUER"));
        set("CONNECTIONS_ISSUER", value);

        assertThat(complaints()).containsExactly(ISSUER);
    }

    @Test
    void mayBeAnEmptyPasswordOfADatabaseThatKnowsItsClientsOtherwise() {
        set("CONNECTIONS_DATABASE_URL", "postgresql://db/c");
        set("CONNECTIONS_DATABASE_PASSWORD", "");
        set("CONNECTIONS_ISSUER", "https://id.example");

        assertThat(complaints()).isEmpty();
    }

    @Nested
    class Otherwise {

        @ParameterizedTest
        @CsvSource({"quarkus.datasource.password", "QUARKUS_DATASOURCE_PASSWORD"})
        void theKeysThatTheyAreForMayBeSetThemselves(String key) {
            setEverything();
            given.removeIf(setting -> setting.name().equals("CONNECTIONS_DATABASE_PASSWORD"));
            set(key, "secret-canary");

            assertThat(complaints()).isEmpty();
        }

        @Test
        void aKeyThatIsSetHelpsNoOther() {
            setEverything();
            given.removeIf(setting -> setting.name().equals("CONNECTIONS_ISSUER"));
            set("quarkus.oidc.token.issuer", "https://id.example");

            assertThat(complaints()).containsExactly(ISSUER);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "SMALLRYE_CONFIG_LOCATIONS",
                    "smallrye.config.locations",
                    "QUARKUS_CONFIG_LOCATIONS",
                    "smallrye.config.source.file.locations"
                })
        void nothingIsSaidWhereTheyMayStandInFilesThatOnlyTheFrameworkReads(String name) {
            set(name, "/etc/connections.properties");

            assertThat(complaints()).isEmpty();
        }
    }

    @Nested
    class Profiles {

        @Test
        void areThatOfProductionUnlessTheyAreNamed() {
            assertThat(RequiredSettings.profiles(given)).containsExactly("prod");
        }

        @ParameterizedTest
        @ValueSource(strings = {"QUARKUS_PROFILE", "quarkus.profile"})
        void areTakenFromWhereQuarkusTakesThem(String name) {
            set(name, "local, demo");

            assertThat(RequiredSettings.profiles(given)).containsExactly("local", "demo");
        }
    }
}

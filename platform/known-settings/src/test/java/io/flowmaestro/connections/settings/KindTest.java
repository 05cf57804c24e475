package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KindTest {

    @ParameterizedTest
    @ValueSource(strings = {"30S", "5m", "1H", "7d", "250MS", "PT30S", "60", "0", " 10S "})
    void takesDurationsAsQuarkusReadsThem(String value) {
        assertThat(Kind.DURATION.fits(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-5S", "-1", "PT-30S", "5 minutes", "S", "1x", "99999999999999999999"})
    void refusesWhatIsNoDurationOrANegativeOne(String value) {
        assertThat(Kind.DURATION.fits(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://127.0.0.1:5432/connections",
                "postgresql://db.example/c?sslmode=verify-full",
                "postgresql://user:word@db:5432/c"
            })
    void takesDatabaseUrls(String value) {
        assertThat(Kind.DATABASE_URL.fits(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jdbc:postgresql://db/c", "db.example:5432", "https://db.example/c"})
    void refusesDatabaseUrlsThatTheReactiveClientCannotRead(String value) {
        assertThat(Kind.DATABASE_URL.fits(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "x", "-1", "443;"})
    void refusesWhatIsNoPort(String value) {
        assertThat(Kind.PORT.fits(value)).isFalse();
    }
}

package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
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
                "postgres://my_db:5432/c?application_name=a&sslmode=require",
                "postgresql://[::1]:5432/c",
                "postgresql://[::1]/c"
            })
    void takesDatabaseUrls(String value) {
        assertThat(Kind.DATABASE_URL.fits(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://db/c",
                "db.example:5432",
                "https://db.example/c",
                "postgresql://user:word@db:5432/c",
                "postgresql://user@db:5432/c",
                "postgresql://db:54x2/c",
                "postgresql://db:/c",
                "postgresql://db:5432",
                "postgresql://db:5432/",
                "postgresql://db:5432/c?sslmode=bogus"
            })
    void refusesDatabaseUrlsThatTheReactiveClientCannotReadOrWouldPrint(String value) {
        assertThat(Kind.DATABASE_URL.fits(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "connections@localhost",
                "Connections <connections@localhost>",
                "<a@b.example>",
                "\"Acme, Inc.\" <no-reply@acme.example>"
            })
    void takesMailboxes(String value) {
        assertThat(Kind.MAILBOX.fits(value)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "a@b@c", "a@", "@b", "A a@b", "a@b, c@d", "A <a>", "A <a@b", "A <a@b> c"})
    void refusesWhatIsNoMailbox(String value) {
        assertThat(Kind.MAILBOX.fits(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65536", "x", "-1", "443;"})
    void refusesWhatIsNoPort(String value) {
        assertThat(Kind.PORT.fits(value)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "any", "ANY"})
    void refusesAnAudienceThatWouldLetAnyTokenIn(String value) {
        assertThat(Kind.AUDIENCE.fits(value)).isFalse();
        assertThat(Kind.AUDIENCE.fits("connections")).isTrue();
    }

    @Test
    void refusesAClaimWithoutAName() {
        assertThat(Kind.CLAIM.fits("")).isFalse();
        assertThat(Kind.CLAIM.fits("realm_access/roles")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "x", "9999999999"})
    void refusesWhatIsNoCount(String value) {
        assertThat(Kind.COUNT.fits(value)).isFalse();
        assertThat(Kind.COUNT.fits("1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://c.example?a=1",
                "https://c.example/#f",
                "https://u:p@c.example",
                "c.example",
                "ftp://c.example"
            })
    void refusesWhatPathsCannotBePutBehind(String value) {
        assertThat(Kind.BASE_URL.fits(value)).isFalse();
        assertThat(Kind.BASE_URL.fits("https://c.example/base")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "not a url", "https://a.example/path", "https://a.example/"})
    void refusesWhatIsNoOrigin(String value) {
        assertThat(Kind.ORIGINS.fits(value)).isFalse();
        assertThat(Kind.ORIGINS.fits("https://a.example, http://localhost:3000"))
                .isTrue();
    }

    @Test
    void refusesWordsThatTheLibraryBehindDoesNotKnow() {
        assertThat(Kind.START_TLS.fits("maybe")).isFalse();
        assertThat(Kind.START_TLS.fits("required")).isTrue();
        assertThat(Kind.SAMPLER.fits("bogus")).isFalse();
        assertThat(Kind.SAMPLER.fits("traceidratio")).isTrue();
    }
}

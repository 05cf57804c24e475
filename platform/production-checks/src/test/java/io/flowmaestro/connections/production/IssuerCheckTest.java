package io.flowmaestro.connections.production;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerCheckTest {

    @ParameterizedTest
    @CsvSource({
        "https://id.example.com, false",
        "HTTPS://id.example.com, false",
        "http://localhost:8085, true",
        "http://127.0.0.1:8085, true",
        "http://[::1]:8085, true"
    })
    void takesHttpsInProductionAndLoopbackLocally(String issuer, boolean local) {
        assertThat(IssuerCheck.complaint("CONNECTIONS_ISSUER", issuer, local)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http://id.example.com",
        "http://localhost:8085",
        "https:id.example.com",
        "httpss://id.example.com",
        "http://user:secret@id.example.com"
    })
    void refusesInProductionWhatIsNotHttpsAndDoesNotRepeatIt(String issuer) {
        assertThat(IssuerCheck.complaint("CONNECTIONS_ISSUER", issuer, false))
                .hasValue("CONNECTIONS_ISSUER must be an https URL: tokens are only as safe as the way to its keys.");
    }

    @ParameterizedTest
    @CsvSource({
        "https://id.example.com",
        "http://localhost.example.com",
        "http://localhost@id.example.com",
        "http://id example.com",
        "localhost"
    })
    void refusesLocallyWhatIsElsewhere(String issuer) {
        assertThat(IssuerCheck.complaint("CONNECTIONS_ISSUER", issuer, true))
                .hasValue("CONNECTIONS_ISSUER must be an identity provider on loopback (localhost, 127.0.0.1 or [::1])"
                        + " in the local profile. Leave QUARKUS_PROFILE out to run in production.");
    }
}

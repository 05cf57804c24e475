package io.flowmaestro.connections.identity;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerCheckTest {

    @ParameterizedTest
    @CsvSource({"https://id.example.com, false", "http://localhost:8085, true", "http://127.0.0.1:8085, true"})
    void acceptsHttpsInProductionAndLoopbackLocally(URI issuer, boolean local) {
        assertThatCode(() -> IssuerCheck.check(issuer, local)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "http://id.example.com, false",
        "http://localhost:8085, false",
        "https://id.example.com, true",
        "http://localhost.example.com, true"
    })
    void refusesEverythingElse(URI issuer, boolean local) {
        assertThatThrownBy(() -> IssuerCheck.check(issuer, local))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(issuer.toString());
    }
}

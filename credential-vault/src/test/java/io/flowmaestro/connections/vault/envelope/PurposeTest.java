package io.flowmaestro.connections.vault.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PurposeTest {

    @Test
    void isFoundByTheNameThatIsAuthenticated() {
        assertThat(Purpose.of("connection-data")).contains(Purpose.CONNECTION_DATA);
        assertThat(Purpose.CONNECTION_DATA.wireName()).isEqualTo("connection-data");
        assertThat(Purpose.of("CONNECTION_DATA")).isEmpty();
    }

    /** What was sealed under a name opens under no other: a renamed purpose would lose every record that it has. */
    @Test
    void keepsItsName() {
        assertThat(Purpose.values())
                .extracting(Purpose::wireName)
                .containsExactly("connection-data", "webhook-secret", "refresh-answer", "client-secret");
    }
}

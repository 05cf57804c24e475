package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SettingNameTest {

    private static final String KEY = "quarkus.rest-client.credential-vault.url";

    @Test
    void isThatOfTheVariableThatGivesTheValue() {
        assertThat(SettingName.of(KEY, "${CONNECTIONS_VAULT_URL}", "CONNECTIONS_VAULT_URL"::equals))
                .isEqualTo("CONNECTIONS_VAULT_URL");
    }

    @Test
    void isThatOfTheKeyWhereNoVariableDoes() {
        assertThat(SettingName.of(KEY, "http://vault.example", _ -> true)).isEqualTo(KEY);
        assertThat(SettingName.of(KEY, null, _ -> true)).isEqualTo(KEY);
    }
}

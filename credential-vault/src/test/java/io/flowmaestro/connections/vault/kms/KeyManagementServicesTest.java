package io.flowmaestro.connections.vault.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.vault.VaultTest;
import io.quarkus.runtime.configuration.ConfigurationException;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** With the beans as the vault has them. */
@QuarkusTest
class KeyManagementServicesTest extends VaultTest {

    private static final String ARN = "arn:aws:kms:eu-central-1:111122223333:alias/connections";

    @Inject
    KeyManagementServices services;

    @ParameterizedTest
    @CsvSource({
        "aws-kms://arn:aws:kms:eu-central-1:111122223333:alias/connections, aws-kms",
        "gcp-kms://projects/p/locations/l/keyRings/r/cryptoKeys/k, gcp-kms",
    })
    void knowsTheServiceByTheScheme(String uri, String name) {
        assertThat(services.open(uri).provider()).isEqualTo(name);
    }

    @Test
    void opensAKeyOfTheService() {
        assertThat(services.open(" aws-kms://" + ARN + "\n").key()).hasToString("AwsKey[" + ARN + "]");
    }

    @Test
    void letsTheServiceSayWhatIsMissing() {
        assertThatThrownBy(() -> services.open("hcvault://transit/keys/connections"))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("VAULT_ADDR is not set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "bm90IGEgdXJpLCBidXQgYSBzZWNyZXQga2V5IQ==",
                "has spaces canary",
                "azure-kv://canary",
                "aws-kms://" + ARN + "?canary=1",
                "hcvault://transit/keys/connections#canary"
            })
    void saysWhichFormsThereAreAndQuotesNothing(String uri) {
        assertThatThrownBy(() -> services.open(uri))
                .isInstanceOf(ConfigurationException.class)
                .hasNoCause()
                .hasMessageContainingAll(
                        "hcvault://<mount path>/keys/<name>", "aws-kms://<key ARN>", "gcp-kms://projects/")
                .hasMessageNotContaining("canary")
                .hasMessageNotContaining("bm90");
    }
}

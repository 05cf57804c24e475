package io.flowmaestro.connections.vault.transit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.vault.legacy.LegacyForm;
import org.junit.jupiter.api.Test;

class ImportFormsTest {

    private static final JsonMapper JSON = new JsonMapper();

    @Test
    void aFormWithoutItsKeyComesWithWhatItsRecordsWouldEndWith() {
        var forms = JSON.valueToTree(ImportForms.of(form -> form == LegacyForm.JSON));

        assertThat(forms.toString())
                .isEqualTo(
                        "{\"forms\":[{\"form\":\"json\"},{\"form\":\"compact\",\"error\":{\"code\":\"legacy-key-missing\",\"detail\":"
                                + "\"The vault has no key for envelopes of this form. Set LEGACY_CREDENTIALS_KEY for the time of the import.\"}}]}");
    }
}

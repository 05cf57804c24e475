package io.flowmaestro.connections.vault;

import static org.assertj.core.api.Assertions.assertThatCode;

import io.flowmaestro.connections.architecture.OpenApiRule;
import org.junit.jupiter.api.Test;

class OpenApiTest {

    @Test
    void theDocumentSaysWhatTheCodeDoes() {
        assertThatCode(() -> OpenApiRule.check("io.flowmaestro.connections.vault"))
                .doesNotThrowAnyException();
    }
}

package io.flowmaestro.connections.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class TemplateTest {
    private final JsonNode context = read("{'name': '$1 and \\\\', 'workflow': {'runs': 3}}");

    @Test
    void isFilledWhereverThereIsText() {
        JsonNode filled =
                Template.filled(read("{'a': ['${name}'], 'b': {'c': 'x ${workflow.runs} y'}, 'd': 4}"), context);

        assertThat(filled).isEqualTo(read("{'a': ['$1 and \\\\'], 'b': {'c': 'x 3 y'}, 'd': 4}"));
    }

    @Test
    void namesWhatTheWorkflowDoesNotHave() {
        assertThatThrownBy(() -> Template.filled("${workflow.name}", context))
                .hasMessage("The workflow has no \"workflow.name\" at this point.");
    }

    private static JsonNode read(String json) {
        try {
            return Web.JSON.readTree(json.replace('\'', '"'));
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
    }
}

package io.flowmaestro.connections.toolhash;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ToolHashTest {

    private static final JsonMapper EXACT = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private static final String SEARCH = """
            {"name":"search","title":"Search","description":"Finds \\"things\\"\\n\\u0001é😀","inputSchema":{"type":"object",
            "required":["q"],"properties":{"q":{"type":"string"},"n":{"type":"number","minimum":0.50,"maximum":1e2,
            "default":-0.0}}},"outputSchema":{"type":"object"},"annotations":{"readOnlyHint":true,"title":null},
            "_meta":{"x":1},"parameters":[]}""";

    private static JsonNode json(JsonMapper mapper, String text) {
        try {
            return mapper.readTree(text);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    private static String hash(String definition) {
        return ToolHash.of(json(EXACT, definition));
    }

    /** Computed by a program of another language. They never change: services of two versions must agree. */
    @Test
    void isTheSameInEveryServiceAndVersion() {
        assertThat(hash("{\"name\":\"echo\"}"))
                .isEqualTo("f7817751a90d6baf078dd0e2d98b278faa025d83ccee00eb9b60100ad65bdcb9");
        assertThat(hash(SEARCH)).isEqualTo("7a6d09f19b2af2eae1294263f58fa8949d25164a60ea7b40018cc11565a2667b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"description\": \"d\", \"name\": \"t\", \"inputSchema\": {\"b\": 1.0, \"a\": [10, 0.1]}}",
                "{\"name\":\"t\",\"inputSchema\":{\"a\":[1e1,1e-1],\"b\":1},\"description\":\"d\"}",
                "{\"name\":\"\\u0074\",\"description\":\"d\",\"inputSchema\":{\"b\":10e-1,\"a\":[10.00,0.10]},\"_meta\":{}}",
                "{\"name\":\"t\",\"description\":\"d\",\"inputSchema\":{\"b\":1,\"a\":[10,0.1]},\"parameters\":[],\"icons\":[1]}"
            })
    void doesNotDependOnHowADefinitionIsWritten(String definition) {
        assertThat(hash(definition))
                .isEqualTo(hash("{\"name\":\"t\",\"description\":\"d\",\"inputSchema\":{\"a\":[10,0.1],\"b\":1}}"));
    }

    /** PostgreSQL gives numbers back without an exponent, and a service may read them as doubles. */
    @Test
    void doesNotDependOnHowNumbersWereKept() {
        assertThat(ToolHash.of(json(new JsonMapper(), SEARCH))).isEqualTo(hash(SEARCH));
        assertThat(hash(SEARCH.replace("1e2", "100").replace("-0.0", "0.0"))).isEqualTo(hash(SEARCH));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', quoteCharacter = '`', textBlock = """
            "search"           ; "Search"
            "Search"           ; "Find"
            "Finds             ; "Find
            "string"           ; "integer"
            0.50               ; 0.51
            ["q"]              ; []
            "outputSchema"     ; "elsewhere"
            "readOnlyHint":true; "readOnlyHint":false
            "title":null       ; "title":""
            """)
    void dependsOnEverythingThatADefinitionSays(String before, String after) {
        assertThat(SEARCH).contains(before);
        assertThat(hash(SEARCH.replaceFirst(Pattern.quote(before), after))).isNotEqualTo(hash(SEARCH));
    }

    @Test
    void keepsTheOrderOfItemsAndEveryDigit() {
        assertThat(hash("{\"inputSchema\":{\"enum\":[1,2]}}")).isNotEqualTo(hash("{\"inputSchema\":{\"enum\":[2,1]}}"));
        assertThat(hash("{\"inputSchema\":{\"const\":12345678901234567890.5}}"))
                .isNotEqualTo(hash("{\"inputSchema\":{\"const\":12345678901234567890.6}}"));
    }
}

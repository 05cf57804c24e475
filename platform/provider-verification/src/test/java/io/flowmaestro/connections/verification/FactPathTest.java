package io.flowmaestro.connections.verification;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactPathTest {

    private final JsonNode answer;

    FactPathTest() throws Exception {
        answer = new ObjectMapper()
                .readTree(
                        "{\"id\": 7, \"data\": {\"viewer\": {\"id\": \"v\"}}, \"emails\": [\"a@b\"], \"list\": [{\"id\": \"x\"}], \"none\": null}");
    }

    @ParameterizedTest
    @CsvSource({"id,7", "data.viewer.id,v", "emails[0],a@b", "list[0].id,x", "none|id,7", "missing|data.viewer.id,v"})
    void findsWhatTheFactsPointAt(String path, String expected) {
        assertThat(new FactPath(path).text(answer)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"missing", "none", "data", "emails[9]", "id.deeper"})
    void findsNothingWhereThereIsNoScalar(String path) {
        assertThat(new FactPath(path).text(answer)).isNull();
    }

    @Test
    void findsInsideATopLevelArray() throws Exception {
        assertThat(new FactPath("[0].id").text(new ObjectMapper().readTree("[{\"id\": 3}]")))
                .isEqualTo("3");
    }
}

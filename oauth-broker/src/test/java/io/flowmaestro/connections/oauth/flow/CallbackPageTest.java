package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.flowmaestro.connections.oauth.problem.OAuthProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CallbackPageTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</script><script>alert(1)</script>",
                "<!--<script>",
                "]]>",
                "&lt;",
                "\u2028\u2029",
                "\"}];alert(1)//",
                "'\\"
            })
    void hostileValuesStayInsideTheDataBlockAndComeBackWhole(String hostile) throws Exception {
        String embedded = CallbackPage.embeddable(JSON.createObjectNode().put("message", hostile));
        assertThat(embedded).doesNotContain("<", ">", "&", "\u2028", "\u2029");
        assertThat(JSON.readTree(embedded).path("message").asText()).isEqualTo(hostile);
    }

    @Test
    void everyProblemHasACodeATitleAndAnErrorStatus() {
        assertThat(OAuthProblem.values()).allSatisfy(problem -> {
            assertThat(problem.code()).matches("[a-z]+(-[a-z]+)+");
            assertThat(problem.title()).isNotBlank();
            assertThat(problem.status()).isBetween(400, 599);
        });
        assertThat(OAuthProblem.values()).extracting(OAuthProblem::code).doesNotHaveDuplicates();
    }
}

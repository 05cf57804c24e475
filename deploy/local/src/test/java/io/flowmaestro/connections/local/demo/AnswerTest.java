package io.flowmaestro.connections.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AnswerTest {
    private static final String PROBLEM = """
            {"success":false,"code":"connection-not-found","title":"Not found","detail":"There is no such connection.",
             "instance":"/api/connections/1","trace_id":"abc"}""";

    @Nested
    class Expect {
        @Test
        void passesWhatWasPromised() {
            Answer answer = answer(200, "{}");

            assertThat(answer.expect(200)).isSameAs(answer);
        }

        @Test
        void explainsAProblemByItsCodeAndDetail() {
            assertThatThrownBy(() -> answer(404, PROBLEM).expect(200))
                    .isInstanceOf(StepFailed.class)
                    .hasMessage("GET /x answered 404 connection-not-found: There is no such connection."
                            + " where 200 was promised");
        }

        @Test
        void neverRepeatsABody() {
            assertThatThrownBy(() -> answer(500, "<html>secret</html>").expect(200))
                    .hasMessageContaining("no problem document")
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Nested
    class Data {
        @Test
        void isWhatIsInsideTheSuccess() {
            assertThat(answer(200, "{\"success\":true,\"data\":{\"id\":\"1\"}}")
                            .data()
                            .getString("id"))
                    .isEqualTo("1");
        }

        @Test
        void isMissedInAnythingElse() {
            assertThatThrownBy(() -> answer(200, "{}").data()).hasMessageContaining("without data");
            assertThatThrownBy(() -> answer(200, "[]").data()).hasMessageContaining("without a JSON object");
        }
    }

    @Test
    void comparesProblemsWithoutWhatDiffersBetweenRequests() {
        String other =
                PROBLEM.replace("/api/connections/1", "/api/connections/2").replace("abc", "def");

        assertThat(answer(404, PROBLEM).comparable())
                .isEqualTo(answer(404, other).comparable());
        assertThat(answer(404, PROBLEM).comparable())
                .isNotEqualTo(answer(404, PROBLEM.replace("no such", "no")).comparable());
    }

    @Test
    void keepsTheBodyOutOfItsText() {
        assertThat(answer(200, "{\"api_key\":\"sk\"}")).asString().doesNotContain("sk");
    }

    private static Answer answer(int status, String text) {
        return new Answer("GET /x", status, "", text);
    }
}

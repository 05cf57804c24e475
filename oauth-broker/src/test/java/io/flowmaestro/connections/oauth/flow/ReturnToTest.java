package io.flowmaestro.connections.oauth.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.http.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnToTest {

    @ParameterizedTest
    @ValueSource(strings = {"/connections?tab=1", "https://connections.example.com/connections?tab=1"})
    void ourOwnPagesAreAllowed(String target) {
        assertThat(ReturnTo.allowed(target, TestFlowConfig.https()))
                .isEqualTo("https://connections.example.com/connections?tab=1");
    }

    @Test
    void noTargetIsNoTarget() {
        assertThat(ReturnTo.allowed(null, TestFlowConfig.https())).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "//evil.example",
                "/\\evil.example",
                "https://evil.example/",
                "https://connections.example.com.evil.example/",
                "https://connections.example.com@evil.example/",
                "http://connections.example.com/",
                "javascript:alert(1)",
                "data:text/html,x",
                "/a\nb",
                "relative",
                "\\\\evil.example"
            })
    void anythingElseIsRefused(String target) {
        assertThatThrownBy(() -> ReturnTo.allowed(target, TestFlowConfig.https()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        problem -> assertThat(problem.code().code()).isEqualTo("return-to-not-allowed"));
    }
}

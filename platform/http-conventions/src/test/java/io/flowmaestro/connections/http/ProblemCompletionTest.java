package io.flowmaestro.connections.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkiverse.resteasy.problem.ExceptionMapperBase;
import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkiverse.resteasy.problem.postprocessing.ProblemContext;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProblemCompletionTest {

    private static HttpProblem answered() {
        return ExceptionMapperBase.postProcessorsRegistry.applyPostProcessing(
                HttpProblem.valueOf(Status.NOT_FOUND), ProblemContext.of(new IllegalStateException(), "/nowhere"));
    }

    @Test
    void leavesNothingToTheNextApplicationOfTheProcess() {
        var completion = new ProblemCompletion(List.of());
        ExceptionMapperBase.postProcessorsRegistry.register(completion);
        assertThat(answered().getParameters()).containsKey(Problems.CODE);

        completion.leaveNothingBehind();

        assertThat(answered().getParameters()).doesNotContainKey(Problems.CODE);
    }
}

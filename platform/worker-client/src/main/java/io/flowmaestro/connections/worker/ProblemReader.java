package io.flowmaestro.connections.worker;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** Makes exceptions of answers that are none. */
final class ProblemReader {

    private final InstantSource clock;

    ProblemReader(InstantSource clock) {
        this.clock = clock;
    }

    /** The {@code data} of a success. */
    JsonNode data(String call, Answer answer) {
        JsonNode body = answer.json();
        if (answer.status() == 200 && body.path("data").isObject()) {
            return body.path("data");
        }
        if (body.path("code").isTextual()) {
            throw problem(answer, body);
        }
        throw unexpected(call, answer);
    }

    /** Something in between, such as an API gateway: 429 and 503 are told from the rest, since they may be tried again. */
    private ConnectionsException unexpected(String call, Answer answer) {
        String detail =
                "The answer to " + call + " is not one of the suite's. Is the address right, and does it reach it?";
        return answer.status() == 429 || answer.status() == 503
                ? new ProblemException(answer.status(), "unexpected-answer", detail, List.of(), retryAfter(answer), "")
                : new UnexpectedAnswerException(answer.status() + ": " + detail);
    }

    private ProblemException problem(Answer answer, JsonNode body) {
        return new ProblemException(
                answer.status(),
                body.path("code").textValue(),
                body.path("detail").asText(body.path("title").asText("")),
                StreamSupport.stream(body.path("violations").spliterator(), false)
                        .map(violation -> new Violation(
                                violation.path("field").asText(""),
                                violation.path("message").asText("")))
                        .toList(),
                retryAfter(answer),
                body.path("trace_id").asText(""));
    }

    private Optional<Duration> retryAfter(Answer answer) {
        return answer.retryAfter().flatMap(value -> RetryAfter.parse(value, clock.instant()));
    }
}

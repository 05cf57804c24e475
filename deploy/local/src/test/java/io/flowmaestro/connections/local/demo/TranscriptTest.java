package io.flowmaestro.connections.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class TranscriptTest {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final Transcript transcript = new Transcript(new PrintStream(printed, true, StandardCharsets.UTF_8));

    @Test
    void numbersStepsWithinTheirSliceAndShowsWhatCameBack() {
        transcript.slice("First");
        transcript.step("one", () -> 1, outcome -> "got " + outcome);
        transcript.slice("Second");
        transcript.step("two", () -> 2, outcome -> "line a\nline b");

        assertThat(printed.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""

                1. First
                  1.1 one
                      got 1

                2. Second
                  2.1 two
                      line a
                      line b
                """);
    }

    @Test
    void handsTheOutcomeToTheStepsThatFollow() {
        assertThat(transcript.<String>step("one", () -> "secret", outcome -> "masked"))
                .isEqualTo("secret");
    }

    @Test
    void knowsTheStepThatFailed() {
        transcript.slice("First");
        transcript.step("one", () -> 1, outcome -> "");

        assertThatThrownBy(() -> transcript.step("two", TranscriptTest::fail, outcome -> ""))
                .isInstanceOf(StepFailed.class);
        assertThat(transcript.underWay()).isEqualTo("1.2 two");
    }

    private static String fail() {
        throw new StepFailed("no");
    }
}

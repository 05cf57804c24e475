package io.flowmaestro.connections.oauthclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.egress.RedirectedEgress;
import org.junit.jupiter.api.Test;

class WordingTest {

    @Test
    void leavesTheFullStopToTheSentenceThatQuotesAReason() {
        assertThat(Wording.of(RedirectedEgress.refused("intern.example")))
                .startsWith("The host intern.example is not on the public internet. ")
                .endsWith("ask an operator to allow this one");
    }
}

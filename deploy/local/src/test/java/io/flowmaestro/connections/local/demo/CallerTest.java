package io.flowmaestro.connections.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CallerTest {
    private static final UUID ALICE = UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c");

    @Test
    void actsForTheSubjectOfTheUsersToken() {
        Caller worker = Caller.of("a worker", token("worker")).actingFor(Caller.of("alice", token(ALICE.toString())));

        assertThat(worker.actsFor()).contains(ALICE);
        assertThat(worker.name()).isEqualTo("a worker acting for alice");
    }

    @Test
    void keepsTheTokenOutOfItsText() {
        String token = token(ALICE.toString());

        assertThat(Caller.of("alice", token)).asString().doesNotContain(token);
    }

    private static String token(String subject) {
        byte[] payload = ("{\"sub\":\"" + subject + "\"}").getBytes(StandardCharsets.UTF_8);
        return "header." + Base64.getUrlEncoder().withoutPadding().encodeToString(payload) + ".signature";
    }
}

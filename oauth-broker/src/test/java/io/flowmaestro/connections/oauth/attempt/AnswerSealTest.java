package io.flowmaestro.connections.oauth.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.flowmaestro.connections.oauthclient.TokenReply;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AnswerSealTest {

    private static final UUID ATTEMPT = UUID.fromString("0190a1ce-0000-7000-8000-000000000001");
    private static final byte[] BODY = "{\"refresh_token\":\"new-rt\"}".getBytes(StandardCharsets.UTF_8);

    private final AnswerKey key = AnswerKey.random(new SecureRandom());
    private final TokenReply reply = new TokenReply(200, "7", BODY, Instant.ofEpochMilli(1_700_000_000_123L));

    @Test
    void givesBackWhatWasSealed() {
        var opened = AnswerSeal.open(key, ATTEMPT, AnswerSeal.seal(key, ATTEMPT, reply, null))
                .reply();
        assertThat(opened.status()).isEqualTo(200);
        assertThat(opened.retryAfter()).isEqualTo("7");
        assertThat(opened.body()).isEqualTo(BODY);
        assertThat(opened.receivedAt()).isEqualTo(reply.receivedAt());
    }

    @Test
    void givesBackWhomItCameFrom() {
        var origin = JsonNodeFactory.instance.objectNode().put("issuer", "https://as.example");
        byte[] sealed = AnswerSeal.seal(key, ATTEMPT, reply, origin);
        assertThat(AnswerSeal.open(key, ATTEMPT, sealed).origin()).isEqualTo(origin);
        assertThat(AnswerSeal.open(key, ATTEMPT, AnswerSeal.seal(key, ATTEMPT, reply, null))
                        .origin())
                .isNull();
    }

    @Test
    void refusesEveryChangedBit() {
        byte[] sealed = AnswerSeal.seal(key, ATTEMPT, reply, null);
        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] changed = sealed.clone();
            changed[bit / 8] ^= (byte) (1 << bit % 8);
            assertThatThrownBy(() -> AnswerSeal.open(key, ATTEMPT, changed)).isInstanceOf(AnswerUnreadable.class);
        }
    }

    @Test
    void opensForItsOwnAttemptAndKeyOnly() {
        byte[] sealed = AnswerSeal.seal(key, ATTEMPT, reply, null);
        assertThatThrownBy(() -> AnswerSeal.open(key, UUID.randomUUID(), sealed))
                .isInstanceOf(AnswerUnreadable.class);
        assertThatThrownBy(() -> AnswerSeal.open(AnswerKey.random(new SecureRandom()), ATTEMPT, sealed))
                .isInstanceOf(AnswerUnreadable.class);
    }
}

package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class AuditChainTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00.123456789Z");

    private final byte[] key = Random.randBytes(32);
    private final AuditMac mac = AuditMac.of(key.clone());
    private final Clock clock = Clock.fixed(NOON, ZoneOffset.UTC);

    @Test
    void numbersItsRecordsFromOneWithoutGaps() {
        assertThat(sealed(new AuditChain(clock), 4))
                .extracting(entry -> entry.record().sequence())
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void isAnotherOneEachTime() {
        assertThat(writer(new AuditChain(clock))).isNotEqualTo(writer(new AuditChain(clock)));
    }

    @Test
    void authenticatesEachRecordTogetherWithTheMacBefore() throws Exception {
        var records = sealed(new AuditChain(clock), 2);

        var expected = hmac(new byte[32], records.get(0).record());
        assertThat(records.get(0).mac().toByteArray()).isEqualTo(expected);
        assertThat(records.get(1).mac().toByteArray())
                .isEqualTo(hmac(expected, records.get(1).record()));
    }

    @Test
    void tellsTheTimeToTheMicrosecondAndNeverGoesBack() {
        var times = Stream.of(NOON, NOON.minus(Duration.ofHours(1)), NOON.plusNanos(1000))
                .iterator();
        var chain = new AuditChain(new TickingClock(times));

        assertThat(sealed(chain, 3))
                .extracting(entry -> entry.record().recordedAt())
                .containsExactly(1893499200123456L, 1893499200123456L, 1893499200123457L);
    }

    @Test
    void wipesTheKeyThatItWasGiven() {
        var given = key.clone();

        AuditMac.of(given);

        assertThat(given).containsOnly(0);
    }

    @Test
    void saysItsHeadInOneLine() {
        var head = new Checkpoint(new UUID(0, 10), 7, Bytes.copyFrom(new byte[32]));

        assertThat(head.logLine())
                .isEqualTo("audit checkpoint writer=00000000-0000-0000-0000-00000000000a sequence=7 mac="
                        + "00".repeat(32));
    }

    private List<SealedRecord> sealed(AuditChain chain, int count) {
        var sealed = new ArrayList<SealedRecord>();
        Events.some(count).forEach(event -> sealed.add(chain.seal(mac, event)));
        return sealed;
    }

    private UUID writer(AuditChain chain) {
        return chain.seal(mac, Events.ofNobody()).record().writerId();
    }

    private byte[] hmac(byte[] before, AuditRecord record) throws Exception {
        var hmac = Mac.getInstance("HmacSHA256");
        hmac.init(new SecretKeySpec(key, "HmacSHA256"));
        hmac.update(before);
        return hmac.doFinal(record.canonical());
    }

    private static final class TickingClock extends Clock {

        private final Iterator<Instant> times;

        private TickingClock(Iterator<Instant> times) {
            this.times = times;
        }

        @Override
        public Instant instant() {
            return times.next();
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}

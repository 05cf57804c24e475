package io.flowmaestro.connections.vault.audit;

import static io.flowmaestro.connections.vault.audit.FindingProblem.ALTERED;
import static io.flowmaestro.connections.vault.audit.FindingProblem.DUPLICATE;
import static io.flowmaestro.connections.vault.audit.FindingProblem.MISSING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.google.crypto.tink.subtle.Random;
import com.google.crypto.tink.util.Bytes;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChainCheckTest {

    private final AuditMac mac = AuditMac.of(Random.randBytes(32));
    private final Findings findings = new Findings();
    private final ChainCheck check = new ChainCheck(mac, true, findings);
    private final List<SealedRecord> records = new ArrayList<>();

    @BeforeEach
    void sixRecordsAreWritten() {
        var chain = new AuditChain(Clock.systemUTC());
        Events.some(6).forEach(event -> records.add(chain.seal(mac, event)));
    }

    @Test
    void findsNothingInWhatWasWritten() {
        var another = new AuditChain(Clock.systemUTC());
        records.add(another.seal(mac, Events.ofNobody()));

        run();

        assertThat(findings.kept()).isEmpty();
        assertThat(check.records()).isEqualTo(7);
        assertThat(check.chains()).isEqualTo(2);
    }

    @Test
    void findsAnAlteredRecordOnce() {
        records.set(
                2,
                new SealedRecord(other(records.get(2).record()), records.get(2).mac()));
        run();
        assertFound(tuple(3L, ALTERED));
    }

    @Test
    void findsARecordWithAnotherMac() {
        records.set(5, new SealedRecord(records.get(5).record(), Bytes.copyFrom(new byte[32])));
        run();
        assertFound(tuple(6L, ALTERED));
    }

    @Test
    void findsRecordsThatChangedPlaces() {
        var third = records.get(2).record();
        var fourth = records.get(3).record();
        records.set(
                2, new SealedRecord(at(third.sequence(), fourth), records.get(3).mac()));
        records.set(
                3, new SealedRecord(at(fourth.sequence(), third), records.get(2).mac()));
        run();
        assertThat(findings.kept())
                .extracting(Finding::sequence, Finding::problem)
                .contains(tuple(3L, ALTERED), tuple(4L, ALTERED));
    }

    @Test
    void findsRecordsThatAreGoneFromTheMiddle() {
        records.subList(2, 4).clear();
        run();
        assertFound(tuple(3L, MISSING));
        assertThat(findings.kept().getFirst().detail()).isEqualTo("Records 3 to 4 are missing.");
    }

    @Test
    void findsRecordsThatAreGoneFromTheBeginning() {
        records.subList(0, 3).clear();
        run();
        assertFound(tuple(1L, MISSING));
    }

    @Test
    void findsAnAddedRecordWhetherItComesBeforeOrAfterTheRealOne() {
        var forged =
                new SealedRecord(other(records.get(2).record()), records.get(2).mac());
        records.add(2, forged);
        records.add(new SealedRecord(other(records.getLast().record()), Bytes.copyFrom(new byte[32])));
        run();
        assertFound(tuple(3L, ALTERED), tuple(3L, DUPLICATE), tuple(6L, DUPLICATE));
    }

    @Test
    void findsARecordAddedAtTheEnd() {
        var last = records.getLast();
        records.add(new SealedRecord(at(7, last.record()), last.mac()));
        run();
        assertFound(tuple(7L, ALTERED));
    }

    @Test
    void goesOnFromTheRecordBeforeItsWindow() {
        var window = new ChainCheck(mac, false, findings);
        var before = records.removeFirst();
        window.next(records.getFirst(), Optional.of(before.mac()));
        records.stream().skip(1).forEach(record -> window.next(record, Optional.empty()));
        assertThat(findings.kept()).isEmpty();
    }

    @Test
    void findsThatTheRecordBeforeItsWindowIsGone() {
        var window = new ChainCheck(mac, false, findings);
        records.stream().skip(3).forEach(record -> window.next(record, Optional.empty()));
        assertFound(tuple(3L, MISSING));
    }

    @Test
    void keepsAHundredFindingsAndCountsThemAll() {
        var chain = new AuditChain(Clock.systemUTC());
        records.clear();
        Events.some(150)
                .forEach(event ->
                        records.add(new SealedRecord(chain.seal(mac, event).record(), Bytes.copyFrom(new byte[32]))));
        run();
        assertThat(findings.kept()).hasSize(100);
        assertThat(findings.count()).isEqualTo(150);
    }

    private void run() {
        records.forEach(record -> check.next(record, Optional.empty()));
    }

    private void assertFound(org.assertj.core.groups.Tuple... found) {
        assertThat(findings.kept())
                .extracting(Finding::sequence, Finding::problem)
                .containsExactly(found);
        assertThat(findings.count()).isEqualTo(found.length);
    }

    private static AuditRecord other(AuditRecord record) {
        return new AuditRecord(
                record.writerId(),
                record.sequence(),
                record.recordedAt(),
                record.operation(),
                record.outcome(),
                "someone-else",
                record.userId(),
                record.connectionId(),
                record.purpose(),
                record.keyId(),
                record.keyVersion(),
                record.traceId());
    }

    private static AuditRecord at(long sequence, AuditRecord record) {
        return new AuditRecord(
                record.writerId(),
                sequence,
                record.recordedAt(),
                record.operation(),
                record.outcome(),
                record.actor(),
                record.userId(),
                record.connectionId(),
                record.purpose(),
                record.keyId(),
                record.keyVersion(),
                record.traceId());
    }
}

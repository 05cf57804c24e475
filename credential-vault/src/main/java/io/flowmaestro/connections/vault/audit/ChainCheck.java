package io.flowmaestro.connections.vault.audit;

import com.google.crypto.tink.util.Bytes;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Follows chains record by record, in the order of writer and sequence, and remembers of each only where it stands. After
 * a record that does not fit it goes on from that record's own MAC, so that one change is one finding.
 */
final class ChainCheck {

    private final AuditMac key;
    private final boolean wholeChains;
    private final Findings findings;
    private @Nullable UUID writer;
    private long sequence;
    private Bytes before = AuditMac.NONE_BEFORE;
    private Bytes mac = AuditMac.NONE_BEFORE;
    private long records;
    private long chains;

    /** @param wholeChains whether every chain is given from its first record on */
    ChainCheck(AuditMac key, boolean wholeChains, Findings findings) {
        this.key = key;
        this.wholeChains = wholeChains;
        this.findings = findings;
    }

    /** @param anchor the MAC of the record before this one, if that lies before what is verified */
    void next(SealedRecord sealed, Optional<Bytes> anchor) {
        records++;
        var place = sealed.record();
        if (!place.writerId().equals(writer)) {
            begin(place, anchor);
        }
        if (place.sequence() <= sequence) {
            another(sealed);
            return;
        }
        if (place.sequence() > sequence + 1) {
            missing(place);
        } else if (!key.follows(mac, sealed)) {
            findings.add(
                    place.writerId(), place.sequence(), FindingProblem.ALTERED, "The record does not fit its MAC.");
        }
        sequence = place.sequence();
        before = mac;
        mac = sealed.mac();
    }

    long records() {
        return records;
    }

    long chains() {
        return chains;
    }

    private void begin(AuditRecord first, Optional<Bytes> anchor) {
        chains++;
        writer = first.writerId();
        sequence = before(first, anchor);
        mac = anchor.orElse(AuditMac.NONE_BEFORE);
        before = mac;
    }

    /** The number of the last record that need not be given, or is known to be there. */
    private long before(AuditRecord first, Optional<Bytes> anchor) {
        if (wholeChains || first.sequence() <= 1) {
            return 0;
        }
        return anchor.isPresent() ? first.sequence() - 1 : first.sequence() - 2;
    }

    /** Which of the two is the real one does not follow from their order; the chain goes on from the one that fits. */
    private void another(SealedRecord sealed) {
        var place = sealed.record();
        findings.add(place.writerId(), place.sequence(), FindingProblem.DUPLICATE, "Several records have this number.");
        if (place.sequence() == sequence && key.follows(before, sealed)) {
            mac = sealed.mac();
        }
    }

    private void missing(AuditRecord next) {
        findings.add(
                next.writerId(),
                sequence + 1,
                FindingProblem.MISSING,
                "Records %d to %d are missing.".formatted(sequence + 1, next.sequence() - 1));
    }
}

package io.flowmaestro.connections.vault.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AuditRecordTest {

    private static final UUID A = UUID.fromString("00000000-0000-0000-0000-00000000000a");
    private static final UUID B = UUID.fromString("00000000-0000-0000-0000-00000000000b");
    private static final AuditRecord FULL =
            new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, B, "connection-data", A, 3, "t");

    @Test
    void hasTheDocumentedBytes() {
        assertThat(hex(FULL))
                .isEqualTo("0000001e" + "666c6f776d61657374726f2e7661756c742e61756469742d7265636f7264" // the kind
                        + "00000004" + "00000001" // format
                        + "00000010" + "0000000000000000000000000000000a" // writer
                        + "00000008" + "0000000000000007" // sequence
                        + "00000008" + "00000000000f4241" // microseconds
                        + "00000007" + "64656372797074" // operation
                        + "00000002" + "6f6b" // outcome
                        + "00000002" + "c3a9" // actor
                        + "00000010" + "0000000000000000000000000000000a" // user
                        + "00000010" + "0000000000000000000000000000000b" // connection
                        + "0000000f" + "636f6e6e656374696f6e2d64617461" // purpose
                        + "00000010" + "0000000000000000000000000000000a" // key
                        + "00000004" + "00000003" // key version
                        + "00000001" + "74"); // trace id
    }

    @Test
    void differsWithEveryField() {
        var all = new ArrayList<String>();
        all.add(hex(FULL));
        all.add(hex(new AuditRecord(B, 7, 1_000_001, "decrypt", "ok", "é", A, B, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 8, 1_000_001, "decrypt", "ok", "é", A, B, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_002, "decrypt", "ok", "é", A, B, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "encrypt", "ok", "é", A, B, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ko", "é", A, B, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "e", A, B, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", B, B, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, A, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, B, "", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, B, null, A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", null, B, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, null, "connection-data", A, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, B, "connection-data", B, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, B, "connection-data", null, 3, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, B, "connection-data", A, 4, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, B, "connection-data", A, null, "t")));
        all.add(hex(new AuditRecord(A, 7, 1_000_001, "decrypt", "ok", "é", A, B, "connection-data", A, 3, "u")));
        assertThat(all).doesNotHaveDuplicates();
    }

    /** The same letters, cut at another place; and one user where the other field would be. */
    @Test
    void keepsItsFieldsApart() {
        assertThat(hex(new AuditRecord(A, 7, 1, "ab", "c", "d", null, null, null, null, null, "t")))
                .isNotEqualTo(hex(new AuditRecord(A, 7, 1, "a", "bc", "d", null, null, null, null, null, "t")));
        assertThat(hex(new AuditRecord(A, 7, 1, "a", "b", "c", A, null, null, null, null, "t")))
                .isNotEqualTo(hex(new AuditRecord(A, 7, 1, "a", "b", "c", null, A, null, null, null, "t")));
    }

    @Test
    void mayBeLongerThanAnyThatTheVaultWrites() {
        var longer = new AuditRecord(A, 7, 1, "o".repeat(5000), "ok", "a", null, null, null, null, null, "t");

        assertThat(longer.canonical()).hasSizeGreaterThan(5000);
    }

    private static String hex(AuditRecord record) {
        return HexFormat.of().formatHex(record.canonical());
    }
}

package io.flowmaestro.connections.vault.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class AssociatedDataTest {

    private static final UUID A = UUID.fromString("00000000-0000-0000-0000-00000000000a");
    private static final UUID B = UUID.fromString("00000000-0000-0000-0000-00000000000b");

    @Nested
    class OfRecord {

        @Test
        void isTheDocumentedBytes() {
            var context = new RecordContext(new KeyScope(A), B, Purpose.CONNECTION_DATA);

            var bytes = AssociatedData.ofRecord(context, new KeyVersion(A, 7));

            assertThat(hex(bytes))
                    .isEqualTo("00000018" + "666c6f776d61657374726f2e7661756c742e7265636f7264" // the kind
                            + "00000004" + "00000001" // format
                            + "00000004" + "75736572" // scope kind
                            + "00000010" + "0000000000000000000000000000000a" // user
                            + "00000010" + "0000000000000000000000000000000b" // connection
                            + "0000000f" + "636f6e6e656374696f6e2d64617461" // purpose
                            + "00000010" + "0000000000000000000000000000000a" // data key
                            + "00000004" + "00000007"); // version
        }

        @Test
        void differsForEveryDifferentPlace() {
            var all = new ArrayList<String>();
            for (var user : List.of(A, B)) {
                for (var connection : List.of(A, B)) {
                    for (var keyId : List.of(A, B)) {
                        for (int version = 1; version <= 300; version += 13) {
                            var context = new RecordContext(new KeyScope(user), connection, Purpose.CONNECTION_DATA);
                            all.add(hex(AssociatedData.ofRecord(context, new KeyVersion(keyId, version))));
                        }
                    }
                }
            }
            assertThat(all).doesNotHaveDuplicates().hasSize(8 * 24);
        }
    }

    @Test
    void partsIntoExactlyTheFieldsThatMadeIt() {
        var context = new RecordContext(new KeyScope(A), B, Purpose.CONNECTION_DATA);

        assertThat(fields(AssociatedData.ofRecord(context, new KeyVersion(A, 7))))
                .hasSize(8);
        assertThat(fields(AssociatedData.ofDataKey(new KeyScope(A), new KeyVersion(A, 7))))
                .hasSize(6);
        assertThat(fields(AssociatedData.ofKeyCheck(A))).hasSize(3);
        assertThat(fields(AssociatedData.ofAuditKey(A))).hasSize(3);
    }

    @Test
    void namesTheKindFirstSoThatNoneCanPassForAnother() {
        var context = new RecordContext(new KeyScope(A), A, Purpose.CONNECTION_DATA);

        assertThat(List.of(
                        fields(AssociatedData.ofRecord(context, new KeyVersion(A, 1)))
                                .getFirst(),
                        fields(AssociatedData.ofDataKey(new KeyScope(A), new KeyVersion(A, 1)))
                                .getFirst(),
                        fields(AssociatedData.ofKeyCheck(A)).getFirst(),
                        fields(AssociatedData.ofAuditKey(A)).getFirst()))
                .doesNotHaveDuplicates();
    }

    /** That a reader needs nothing but the bytes to find the fields again is what makes the encoding injective. */
    private static List<String> fields(byte[] bytes) {
        var fields = new ArrayList<String>();
        var rest = java.nio.ByteBuffer.wrap(bytes);
        while (rest.hasRemaining()) {
            var field = new byte[rest.getInt()];
            rest.get(field);
            fields.add(hex(field));
        }
        return fields;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}

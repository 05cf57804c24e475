package io.flowmaestro.connections.vault.kms.google;

import io.flowmaestro.connections.vault.kms.KmsFailure;
import io.vertx.core.json.JsonObject;
import java.util.zip.CRC32C;

/** The CRC32C fields of the API. JSON carries them as decimal strings, as Google writes every 64-bit number. */
final class Checksums {

    private Checksums() {}

    static String of(byte[] bytes) {
        var crc = new CRC32C();
        crc.update(bytes);
        return Long.toString(crc.getValue());
    }

    /** Fails if what was received is not what Google sent; an answer without checksum is not trusted either. */
    static void require(JsonObject answer, String member, byte[] received) {
        if (!of(received).equals(String.valueOf(answer.getValue(member)))) {
            throw corrupted();
        }
    }

    /** Fails unless Google says that it received what was sent. */
    static void requireVerified(JsonObject answer, String member) {
        if (!Boolean.TRUE.equals(answer.getValue(member))) {
            throw corrupted();
        }
    }

    static KmsFailure corrupted() {
        return new KmsFailure(
                KmsFailure.Kind.CORRUPTED, "A checksum of the request or the answer does not fit its bytes.");
    }
}

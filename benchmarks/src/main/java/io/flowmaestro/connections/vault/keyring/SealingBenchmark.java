package io.flowmaestro.connections.vault.keyring;

import io.flowmaestro.connections.vault.envelope.Aes256Gcm;
import io.flowmaestro.connections.vault.envelope.AssociatedData;
import io.flowmaestro.connections.vault.envelope.Envelope;
import io.flowmaestro.connections.vault.envelope.KeyScope;
import io.flowmaestro.connections.vault.envelope.KeyVersion;
import io.flowmaestro.connections.vault.envelope.Purpose;
import io.flowmaestro.connections.vault.envelope.RecordContext;
import io.flowmaestro.connections.vault.envelope.SealedBytes;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * A record of 1 KiB, sealed and opened as the vault does it, and by the JCA alone with the same key and the same
 * associated data. The vault's side makes the associated data for every message; the JCA's side gets it ready made.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SealingBenchmark {

    private static final int RECORD_BYTES = 1024;

    private final KeyScope scope = new KeyScope(UUID.randomUUID());
    private final KeyVersion version = new KeyVersion(UUID.randomUUID(), 1);
    private final RecordContext context = new RecordContext(scope, UUID.randomUUID(), Purpose.CONNECTION_DATA);
    private final byte[] plaintext = randomBytes(RECORD_BYTES);
    private final DataKey key;
    private final RawAesGcm raw;
    private final Envelope envelope;
    private final byte[] sealed;

    public SealingBenchmark() {
        var material = randomBytes(Aes256Gcm.KEY_BYTES);
        try {
            raw = new RawAesGcm(material, AssociatedData.ofRecord(context, version));
            sealed = raw.seal(plaintext);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("This Java runtime has no AES-256-GCM", impossible);
        }
        key = DataKey.of(scope, version, 1, material);
        envelope = key.seal(context, plaintext);
    }

    /** Two things that do not open each other's ciphertext are not comparable. */
    @Setup
    public void bothOpenWhatTheOtherSealed() throws GeneralSecurityException {
        var opened = raw.open(key.seal(context, plaintext).sealed().toByteArray());
        var openedByVault = key.open(context, new Envelope(version, SealedBytes.copyOf(raw.seal(plaintext))));
        if (!Arrays.equals(opened, plaintext) || !Arrays.equals(openedByVault, plaintext)) {
            throw new IllegalStateException("The vault and the baseline do not do the same");
        }
    }

    @Benchmark
    public Envelope vaultSeal() {
        return key.seal(context, plaintext);
    }

    @Benchmark
    public byte[] jcaSeal() throws GeneralSecurityException {
        return raw.seal(plaintext);
    }

    @Benchmark
    public byte[] vaultOpen() {
        return key.open(context, envelope);
    }

    @Benchmark
    public byte[] jcaOpen() throws GeneralSecurityException {
        return raw.open(sealed);
    }

    private static byte[] randomBytes(int count) {
        var bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}

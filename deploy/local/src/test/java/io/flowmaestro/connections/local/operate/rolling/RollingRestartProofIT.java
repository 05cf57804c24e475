package io.flowmaestro.connections.local.operate.rolling;

import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An upgrade that nobody notices. */
class RollingRestartProofIT {
    @TempDir
    Path folder;

    @Test
    void everyReplicaIsRestartedUnderLoadAndNoRequestFails() throws Exception {
        new RollingRestart(Proof.of("operate.rolling-restart"), folder).prove();
    }
}

package io.flowmaestro.connections.local.operate.restore;

import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is to be done on the day when everything is gone, done. */
class RestoreProofIT {
    @TempDir
    Path folder;

    @Test
    void aSuiteComesBackFromItsDumpItsLedgerAndItsKeyInEscrow() throws Exception {
        new RestoreDrill(Proof.of("operate.restore"), folder).prove();
    }
}

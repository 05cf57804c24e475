package io.flowmaestro.connections.local.operate.start;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long a service takes until it can work. */
class StartTimesProofIT {
    @TempDir
    Path folder;

    @Test
    void anAotCacheHalvesTheStart() throws Exception {
        assumeTrue(Files.isReadable(Path.of("/proc/self/status")), "resident memory is read from /proc");
        new StartTimes(Proof.of("operate.start-times"), folder).prove();
    }
}

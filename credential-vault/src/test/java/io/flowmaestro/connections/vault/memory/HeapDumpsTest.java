package io.flowmaestro.connections.vault.memory;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeapDumpsTest {

    private final HotSpotDiagnosticMXBean diagnostic =
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);

    @AfterEach
    void asItWas() {
        diagnostic.setVMOption("HeapDumpOnOutOfMemoryError", "false");
    }

    @Test
    void areOffOnceTheVaultStartsWhateverTheJvmWasTold() {
        diagnostic.setVMOption("HeapDumpOnOutOfMemoryError", "true");

        new HeapDumps();

        assertThat(diagnostic.getVMOption("HeapDumpOnOutOfMemoryError").getValue())
                .isEqualTo("false");
    }
}

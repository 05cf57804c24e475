package io.flowmaestro.connections.vault.memory;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.lang.management.ManagementFactory;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Turns heap dumps on running out of memory off, whatever the JVM was started with: a dump would hold the keys. */
@Singleton
@Startup
class HeapDumps {

    private static final Logger LOG = Logger.getLogger(HeapDumps.class);
    private static final String ON_OUT_OF_MEMORY = "HeapDumpOnOutOfMemoryError";

    HeapDumps() {
        Optional.ofNullable(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class))
                .ifPresent(HeapDumps::turnOff);
    }

    private static void turnOff(HotSpotDiagnosticMXBean diagnostic) {
        try {
            if (Boolean.parseBoolean(diagnostic.getVMOption(ON_OUT_OF_MEMORY).getValue())) {
                diagnostic.setVMOption(ON_OUT_OF_MEMORY, "false");
                LOG.warn("Heap dumps on running out of memory were on; they are off now, as a dump would hold keys.");
            }
        } catch (IllegalArgumentException | UnsupportedOperationException nativeImage) {
            LOG.debug("This runtime makes no heap dumps of itself", nativeImage);
        }
    }
}

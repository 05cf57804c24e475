package io.flowmaestro.connections.local.proof;

import io.flowmaestro.connections.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the vault promises, shown on the real thing: processes, signals, and a database that survives them. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class VaultProofIT {
    @TempDir
    static Path folder;

    private static VaultSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = VaultSystem.start(folder.resolve("home"));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    @Order(1)
    void bothKindsOfKeysAreChangedUnderLoadAndNothingFails() throws Exception {
        new Rotation(system, Proof.of("vault.rotation")).prove();
    }

    @Test
    @Order(2)
    void aPostgresqlThatIsStoppedAndStartedCostsPatienceAndNothingElse() throws Exception {
        new Outages(system, Proof.of("vault.outages")).prove();
    }

    @Test
    @Order(3)
    void whatWasDestroyedStaysDestroyedInEveryDump() throws Exception {
        new Shredding(system, Proof.of("vault.shredding"), dumps()).prove();
    }

    @Test
    @Order(4)
    void noVaultStartsInProductionWithAKeyThatProtectsNothing() throws Exception {
        new Starting(system, Proof.of("vault.keys-at-start")).prove();
    }

    /** Comes last, as it looks for the secrets of all the others. */
    @Test
    @Order(5)
    void noSecretIsLeftOnDisk() throws Exception {
        new OnDisk(system, Proof.of("vault.traces-on-disk")).prove(dumps());
    }

    private static Path dumps() throws IOException {
        return Files.createDirectories(folder.resolve("dumps"));
    }
}

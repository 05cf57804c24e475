package io.flowmaestro.connections.local.proof.oauth;

import io.flowmaestro.connections.proof.Proof;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the broker promises of tokens, shown on the real thing: replicas, signals, and lines that break. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OAuthProofIT {
    @TempDir
    static Path folder;

    private static OAuthSystem system;

    @BeforeAll
    static void start() throws Exception {
        system = OAuthSystem.start(folder.resolve("home"));
    }

    @AfterAll
    static void stop() {
        if (system != null) {
            system.close();
        }
    }

    @Test
    @Order(1)
    void manyCallersOnAllReplicasRefreshOnce() throws Exception {
        new Race(system, Proof.of("oauth.race")).prove();
    }

    @Test
    @Order(2)
    void aBrokerThatIsKilledLosesNoAnswer() throws Exception {
        new Crashes(system, Proof.of("oauth.crashes")).prove();
    }

    @Test
    @Order(3)
    void aDatabaseThatStopsBeforeTheAnswerIsWrittenLosesNothing() throws Exception {
        new DatabaseStops(system, Proof.of("oauth.database-stops")).prove();
    }

    @Test
    @Order(4)
    void anOwnerThatSleepsLosesNothingAndOverwritesNothing() throws Exception {
        new SleepingOwners(system, Proof.of("oauth.sleeping-owners")).prove();
    }

    @Test
    @Order(5)
    void whatElseChangesMeanwhileStays() throws Exception {
        new Changes(system, Proof.of("oauth.changes")).prove();
    }

    @Test
    @Order(6)
    void peersThatGoAwayLoseNothing() throws Exception {
        new AbsentPeers(system, Proof.of("oauth.absent-peers")).prove();
    }

    @Test
    @Order(7)
    void providersThatMisbehaveAreAskedSeldomAndForgiven() throws Exception {
        new Faults(system, Proof.of("oauth.faults")).prove();
    }

    @Test
    @Order(8)
    void noKnownAttackOnTheCallbackIsAccepted() throws Exception {
        new Attacks(system, Proof.of("oauth.attacks")).prove();
    }

    @Test
    @Order(9)
    void noForgedCallbackIsAccepted() throws Exception {
        new Forgeries(system, Proof.of("oauth.forgeries")).prove();
    }

    @Test
    @Order(10)
    void noScriptRunsInARealBrowser() throws Exception {
        new Scripts(system, Proof.of("oauth.scripts"), folder.resolve("chromium")).prove();
    }

    @Test
    @Order(11)
    void replicasWhoseClocksDifferRefreshOnce() throws Exception {
        new Clocks(system, Proof.of("oauth.clocks")).prove();
    }

    @Test
    @Order(12)
    void aBrokerThatIsToldToEndFinishesFirst() throws Exception {
        new Stops(system, Proof.of("oauth.stops")).prove();
    }

    @Test
    @Order(13)
    void tokensThatArriveForNobodyAreRevoked() throws Exception {
        new GivenUp(system, Proof.of("oauth.given-up")).prove();
    }

    @Test
    @Order(14)
    void aRegistryThatStandsStillLosesNoSignIn() throws Exception {
        new SignIns(system, Proof.of("oauth.sign-ins")).prove();
    }
}

package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.RunningCommand.Ended;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Starts that fail or are broken off, and ends that nobody asked for: each test ends with nothing running. */
class LifecycleIT {
    @TempDir
    static Path folder;

    private static SuiteUnderTest suite;

    @BeforeAll
    static void build() throws Exception {
        suite = new SuiteUnderTest(folder);
    }

    @AfterEach
    void nothingIsLeftRunning() {
        assertThat(suite.running()).isEmpty();
    }

    /** In the order of a start; the last one is no start any more. */
    @ParameterizedTest
    @CsvSource({
        "Starting,              0,    INT,  130",
        "Starting,              600,  INT,  130",
        "postgres is ready,     0,    INT,  130",
        "the schemas are ready, 0,    INT,  130",
        "the schemas are ready, 1500, TERM, 143",
        "mcp-gateway is ready,  0,    HUP,  129",
        "READY,                 0,    TERM, 143",
    })
    void isStoppedByASignal(String said, long millisLater, String signal, int exitCode) throws Exception {
        try (RunningCommand up = suite.start("up")) {
            up.awaitLine(said);
            Thread.sleep(millisLater);

            up.signal(signal);

            Ended ended = up.end();
            assertThat(ended.exitCode()).as(ended.output()).isEqualTo(exitCode);
            assertThat(ended.output()).doesNotContain("Exception", "\tat ");
            assertThat(suite.home().resolve("run")).isDirectoryNotContaining("glob:**.json");
        }
    }

    @Test
    void cleansUpAfterAKilledLauncherAndLosesNothing() throws Exception {
        String id;
        try (RunningCommand killed = suite.start("up")) {
            killed.awaitLine("READY");
            id = suite.frontDoor().stored("sk-before-the-kill");
            killed.kill();
            killed.end();
        }
        Ended status = suite.run("status");
        assertThat(status.exitCode()).isEqualTo(3);
        assertThat(status.output()).contains("a killed launcher left processes", "postgres", "credential-vault");

        try (RunningCommand up = suite.start("up")) {
            up.awaitLine("READY (warm start");

            assertThat(suite.frontDoor().keyOf(id)).isEqualTo("sk-before-the-kill");

            up.signal("INT");
            Ended ended = up.end();
            assertThat(ended.output()).contains("The last run did not end properly; stopped what it left:");
            assertThat(ended.exitCode()).isEqualTo(130);
        }
    }

    @Test
    void showsTheLastLinesOfAServiceThatDiesAndStopsTheRest() throws Exception {
        assertThat(suite.run("up", "--detach").exitCode()).isZero();
        assertThat(suite.run("down").exitCode()).isZero();
        Path runnable = suite.checkout().runnable("mcp-gateway");
        Path aside = runnable.resolveSibling("aside");
        Files.move(runnable, aside);
        Files.writeString(runnable, "not a jar");
        try {
            Ended up = suite.run("up", "--detach");

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.output())
                    .contains("connections: mcp-gateway stopped while starting (exit code 1). The last lines of ")
                    .contains("Invalid or corrupt jarfile");
        } finally {
            Files.move(aside, runnable, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    @Test
    void namesATakenPortInOneLine() throws Exception {
        int taken = suite.port() + 3;
        try (ServerSocket other = new ServerSocket(taken, 1, InetAddress.getLoopbackAddress())) {
            assertThat(other.isBound()).isTrue();

            Ended up = suite.run("up");

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.output().lines().toList().getLast())
                    .startsWith("connections: Port " + taken + " is taken by another program.")
                    .contains("set CONNECTIONS_PORT");
        }
    }

    @Test
    void refusesTheDataFolderOfAnotherVersionInOneLineAndLeavesItAlone() throws Exception {
        Files.createDirectories(suite.home());
        Path version = suite.home().resolve("version");
        String current = Files.exists(version) ? Files.readString(version) : "1\n";
        Files.writeString(version, "99\n");
        try {
            Ended up = suite.run("up");

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.output().lines().toList().getLast())
                    .startsWith("connections: The data folder " + suite.home() + " has version \"99\"");
        } finally {
            Files.writeString(version, current);
        }
    }
}

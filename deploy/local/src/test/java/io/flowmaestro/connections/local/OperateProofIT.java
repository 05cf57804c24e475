package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.operate.Dashboards;
import io.flowmaestro.connections.local.operate.Pager;
import io.flowmaestro.connections.local.operate.Watch;
import io.flowmaestro.connections.proof.Proof;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of deploy/observability, in a real Prometheus and Alertmanager that watch a whole suite. */
class OperateProofIT {
    private static final Path SOURCES = Repository.FOLDER.resolve("deploy/observability");
    private static final int LONGEST = 60;

    @TempDir
    static Path folder;

    private static SuiteUnderTest suite;
    private static Pager pager;
    private static Watch watch;

    @BeforeAll
    static void watchASuite() throws Exception {
        suite = new SuiteUnderTest(folder.resolve("suite"));
        var up = suite.run("up", "--detach");
        assertThat(up.exitCode()).as(up.output()).isZero();
        var demo = suite.run("demo");
        assertThat(demo.exitCode()).as(demo.output()).isZero();
        pager = new Pager();
        watch = new Watch(SOURCES, Files.createDirectories(folder.resolve("watch")), FreePorts.ten());
        watch.start(suite.port(), pager);
    }

    @AfterAll
    static void stop() throws Exception {
        try (var watching = watch;
                var receiving = pager) {
            assertThat(suite.run("down").exitCode()).isZero();
        }
    }

    /** What only an event makes has no data before one; everything else has. Two scrapes make a rate. */
    @Test
    void showsDataInEveryPanelOfEveryDashboard() throws Exception {
        var proof = Proof.of("operate.dashboards");
        suite.frontDoor().stored("sk-for-a-panel");
        var dashboards = new Dashboards(SOURCES);
        var outcome = dashboards.ask(watch);
        for (int tries = 0; !outcome.empty().isEmpty() && tries < LONGEST; tries++) {
            Thread.sleep(1000);
            outcome = dashboards.ask(watch);
        }
        proof.figure("with data", outcome.answered())
                .figure("of events that did not happen", outcome.notYet().size())
                .figure("empty", outcome.empty().size())
                .print();

        assertThat(outcome.empty()).isEmpty();
        assertThat(outcome.answered()).isGreaterThan(30);
    }

    /** Nothing is killed: a process that stands still is noticed by nobody else. */
    @Test
    void tellsWhoIsOnCallThatAServiceIsDownAndThatItIsBack() throws Exception {
        var proof = Proof.of("operate.alert");
        watch.awaitQuiet(pager, LONGEST);
        long began = System.nanoTime();
        signal("STOP");
        Pager.Told fired;
        try {
            fired = pager.await(told -> isOfTheGateway(told, "firing"), LONGEST);
        } finally {
            signal("CONT");
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        pager.await(told -> isOfTheGateway(told, "resolved"), LONGEST);
        proof.figure(
                        "pages",
                        pager.told().stream()
                                .filter(told -> told.way().equals("pages"))
                                .count())
                .figure("seconds to the page", "%.1f".formatted(seconds))
                .print();

        assertThat(fired.way()).isEqualTo("pages");
        assertThat(Repository.FOLDER.resolve(fired.runbook())).isRegularFile();
        assertThat(pager.told())
                .as("nothing else is wrong, and nobody is woken for it")
                .filteredOn(told -> told.way().equals("pages"))
                .allMatch(told -> told.service().equals("mcp-gateway"));
    }

    private static boolean isOfTheGateway(Pager.Told told, String status) {
        return told.alert().equals("ConnectionsServiceDown")
                && told.service().equals("mcp-gateway")
                && told.status().equals(status);
    }

    private static void signal(String name) throws IOException, InterruptedException {
        String program = suite.checkout().runnable("mcp-gateway").toString();
        try (var all = ProcessHandle.allProcesses()) {
            ProcessHandle gateway = all.filter(
                            process -> process.info().commandLine().orElse("").contains(program))
                    .findFirst()
                    .orElseThrow();
            assertThat(new ProcessBuilder("kill", "-s", name, Long.toString(gateway.pid()))
                            .start()
                            .waitFor())
                    .isZero();
        }
    }
}

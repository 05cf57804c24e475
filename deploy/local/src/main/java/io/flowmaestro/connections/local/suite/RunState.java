package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.PrivateFiles;
import io.flowmaestro.connections.local.process.ProcessRecord;
import io.flowmaestro.connections.local.process.ProcessRecords;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** What the other calls of the command know of a running launcher: its process and its first port, in {@code run/}. */
public final class RunState {
    static final String LAUNCHER = "launcher";
    /** Long enough for the launcher to stop everything that it started, each within its own patience. */
    public static final Duration PATIENCE = Processes.SERVICE_PATIENCE.plusSeconds(60);

    private final Home home;
    private final ProcessRecords records;

    public RunState(Home home) {
        this.home = home;
        this.records = new ProcessRecords(home.run());
    }

    public ProcessRecords records() {
        return records;
    }

    public Optional<ProcessHandle> launcher() {
        return records.find(LAUNCHER).flatMap(ProcessRecord::living);
    }

    /** The ports of the last start, whatever {@code CONNECTIONS_PORT} says now. */
    public Optional<Ports> ports() {
        try {
            Path file = portFile();
            return Files.exists(file)
                    ? Optional.of(
                            new Ports(Integer.parseInt(Files.readString(file).strip())))
                    : Optional.empty();
        } catch (IOException | NumberFormatException unusable) {
            return Optional.empty();
        }
    }

    /** The ports of the running suite. */
    public Ports requireRunning() {
        return launcher()
                .flatMap(running -> ports())
                .orElseThrow(() -> new Refusal(
                        "The suite is not running (data folder " + home.root() + "). Start it with ./connections up."));
    }

    void begin(Installation installation) throws IOException {
        records.write(ProcessRecord.ofThisProcess(LAUNCHER, PATIENCE));
        PrivateFiles.write(portFile(), installation.ports().frontDoor() + "\n");
        PrivateFiles.write(serviceFile(), PostgresServiceFile.content(installation));
    }

    void end() throws IOException {
        Files.deleteIfExists(serviceFile());
        Files.deleteIfExists(portFile());
        records.remove(LAUNCHER);
    }

    private Path portFile() {
        return home.run().resolve("port");
    }

    private Path serviceFile() {
        return home.run().resolve("pg_service.conf");
    }
}

package io.flowmaestro.connections.local.training;

import io.flowmaestro.connections.database.ServiceDatabase;
import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.postgres.EmbeddedPostgres;
import io.flowmaestro.connections.local.postgres.SuiteDatabase;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.process.Children;
import io.flowmaestro.connections.local.process.ProcessRecords;
import io.flowmaestro.connections.local.suite.Installation;
import io.flowmaestro.connections.local.suite.Ports;
import io.flowmaestro.connections.local.suite.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a service meets when it starts for real: a PostgreSQL with its schema, and an identity provider. They live in a folder of their own, which
 * goes with them, also when this process is told to end.
 */
final class StandIns implements AutoCloseable {
    private final Path folder;
    private final Installation installation;
    private final Children children;
    private final int port;
    private Optional<Issuer> issuer = Optional.empty();

    private StandIns(Path folder, Path repository) throws IOException {
        this.folder = folder;
        Home home = new Home(folder);
        home.prepare();
        installation = new Installation(repository, Optional.empty(), home, new Secrets(home), Ports.of(Map.of()));
        installation.secrets().prepare();
        children = new Children(new ProcessRecords(home.run()));
        port = freePort();
    }

    /**
     * @param https whether the identity provider is reached by https, as any is outside the local profile
     * @param services whose schemas the database gets
     */
    static StandIns start(Path repository, boolean https, List<Service> services)
            throws IOException, InterruptedException {
        StandIns standIns = new StandIns(Files.createTempDirectory("connections-training"), repository);
        Runtime.getRuntime().addShutdownHook(new Thread(standIns::close, "stand-ins"));
        try {
            standIns.database(services);
            standIns.issuer = Optional.of(Issuer.start(standIns.folder, https));
            return standIns;
        } catch (IOException | InterruptedException | RuntimeException failure) {
            standIns.close();
            throw failure;
        }
    }

    private void database(List<Service> services) throws IOException, InterruptedException {
        ChildProcess server = new EmbeddedPostgres(installation.home(), installation.secrets(), port, children).start();
        SuiteDatabase database = new SuiteDatabase(port, installation.secrets());
        database.awaitReady(server);
        database.createIfMissing();
        for (Service service : services) {
            database.prepare(service.database(installation.secrets()), installation.migrations(service));
        }
    }

    /** For {@code deploy/images/train}, which tells the service. */
    Map<String, String> environment(Service service) {
        ServiceDatabase database = service.database(installation.secrets());
        Issuer running = issuer.orElseThrow();
        return Map.of(
                "TRAIN_DATABASE_URL", "postgresql://127.0.0.1:" + port + "/" + SuiteDatabase.NAME,
                "TRAIN_DATABASE_USER", database.app(),
                "TRAIN_DATABASE_PASSWORD", database.appPassword(),
                "TRAIN_JOBS_DATABASE_USER", database.jobs(),
                "TRAIN_JOBS_DATABASE_PASSWORD", database.jobsPassword(),
                "TRAIN_ISSUER", running.address().toString(),
                "TRAIN_TOKEN", running.token());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Safe to repeat, and to ask for twice at once. */
    @Override
    public synchronized void close() {
        issuer.ifPresent(Issuer::close);
        children.stopStarting().reversed().forEach(ChildProcess::stop);
        try {
            delete();
        } catch (IOException | UncheckedIOException left) {
            System.err.println("connections: " + folder + " could not be removed (" + left.getMessage() + ").");
        }
    }

    private void delete() throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}

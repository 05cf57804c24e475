package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.database.DatabaseSetup;
import io.flowmaestro.connections.local.Repository;
import io.flowmaestro.connections.local.account.Account;
import io.flowmaestro.connections.local.account.Tokens;
import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.postgres.EmbeddedPostgres;
import io.flowmaestro.connections.local.postgres.SuiteDatabase;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.process.Children;
import io.flowmaestro.connections.local.process.ProcessRecord;
import io.flowmaestro.connections.local.process.ProcessRecords;
import io.flowmaestro.connections.local.process.ProcessSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The parts of a suite, each as the launcher would start it, for tests that want several of one or none of another. */
public final class Parts implements AutoCloseable {
    private final Installation installation;
    private final ProcessRecords records;
    private final Children children;
    private final Processes processes;

    /** Everything is in {@code folder}, and on the ten ports from {@code firstPort}. */
    public Parts(Path folder, int firstPort) {
        installation = Installation.of(
                Repository.FOLDER,
                Optional.empty(),
                Map.of("CONNECTIONS_HOME", folder.toString(), "CONNECTIONS_PORT", Integer.toString(firstPort)));
        installation.home().prepare();
        installation.secrets().prepare();
        records = new ProcessRecords(installation.home().run());
        children = new Children(records);
        processes = new Processes(installation, System.getenv());
    }

    public Home home() {
        return installation.home();
    }

    public Secrets secrets() {
        return installation.secrets();
    }

    /** One of the ten that the suite itself would use. */
    public int port(int offset) {
        return installation.ports().frontDoor() + offset;
    }

    public String issuer() {
        return installation.ports().issuer().toString();
    }

    public String adminToken() {
        return token(Account.ADMIN);
    }

    /** A fresh one. */
    public String token(Account account) {
        return new Tokens(installation.ports().issuer(), installation.ports().publicUrl(), secrets()).of(account);
    }

    /** Starts the server and waits until it answers; again after it was stopped. */
    public ChildProcess postgres() throws IOException, InterruptedException {
        var server =
                new EmbeddedPostgres(home(), secrets(), installation.ports().postgres(), children).start();
        new SuiteDatabase(installation.ports().postgres(), secrets()).awaitReady(server);
        return server;
    }

    /** Makes a database, if there is none of the name yet, with the schemas of vault, registry and broker. */
    public void database(String name) throws SQLException {
        database(name, Service.CREDENTIAL_VAULT, Service.CONNECTION_REGISTRY, Service.OAUTH_BROKER);
    }

    /** The same with those of some services: what a deployment's migration Job does. */
    public void database(String name, Service... services) throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            if (!statement
                    .executeQuery("select from pg_database where datname = '" + name + "'")
                    .next()) {
                statement.execute("create database " + name);
            }
        }
        for (var service : services) {
            new DatabaseSetup(url(name), EmbeddedPostgres.SUPERUSER, secrets().superuserPassword())
                    .prepare(service.database(secrets()), "filesystem:" + migrations(service));
        }
    }

    private Path migrations(Service service) {
        try {
            return installation.migrations(service);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** As superuser. */
    public Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(
                url(database), EmbeddedPostgres.SUPERUSER, secrets().superuserPassword());
    }

    public ChildProcess identityProvider() throws InterruptedException {
        var provider = children.start(processes.identityProvider());
        Health.ofProvider(installation.ports().identity()).await(provider);
        return provider;
    }

    /**
     * Starts one more process of a service, and does not wait for it.
     *
     * @param name of the process and its log
     * @param changes to the environment that the suite would give it; an empty value takes a variable away
     */
    public ChildProcess service(Service service, String name, int port, Map<String, String> changes) {
        var usual = processes.service(service);
        var environment = new HashMap<>(usual.environment());
        environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
        environment.putAll(changes);
        environment.values().removeIf(String::isEmpty);
        return children.start(new ProcessSpec(
                name,
                usual.program(),
                usual.command(),
                environment,
                usual.directory(),
                home().log(name),
                usual.stopSignal(),
                usual.patience()));
    }

    /** Sends it a signal by its name, such as STOP. */
    public void signal(ChildProcess process, String signal) throws IOException, InterruptedException {
        new ProcessBuilder("kill", "-s", signal, Long.toString(pid(process)))
                .start()
                .waitFor();
    }

    public long pid(ChildProcess process) {
        return records.find(process.spec().name())
                .flatMap(ProcessRecord::living)
                .orElseThrow()
                .pid();
    }

    /** SIGKILL. */
    public void kill(ChildProcess process) {
        records.find(process.spec().name()).flatMap(ProcessRecord::living).ifPresent(ProcessHandle::destroyForcibly);
        process.stop();
    }

    /** PostgreSQL's immediate shutdown: as good as a crash, nothing is finished and nothing written out. */
    public void stopAtOnce(ChildProcess postgres) throws IOException, InterruptedException {
        var pid = Files.readAllLines(home().postgres().resolve("data/postmaster.pid"))
                .getFirst()
                .strip();
        new ProcessBuilder("kill", "-s", "QUIT", pid).start().waitFor();
        postgres.exitCode();
        postgres.stop();
    }

    @Override
    public void close() {
        children.stopStarting().reversed().forEach(ChildProcess::stop);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + installation.ports().postgres() + "/" + database;
    }
}

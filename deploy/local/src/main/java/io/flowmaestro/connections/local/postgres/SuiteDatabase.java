package io.flowmaestro.connections.local.postgres;

import io.flowmaestro.connections.database.DatabaseSetup;
import io.flowmaestro.connections.database.ServiceDatabase;
import io.flowmaestro.connections.local.home.Secrets;
import io.flowmaestro.connections.local.process.ChildProcess;
import io.flowmaestro.connections.local.refusal.Refusal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/** The one database of the suite, with a schema and three roles for each service. */
public final class SuiteDatabase {
    public static final String NAME = "connections";
    private static final Duration START = Duration.ofSeconds(60);

    private final int port;
    private final String password;

    public SuiteDatabase(int port, Secrets secrets) {
        this.port = port;
        this.password = secrets.superuserPassword();
    }

    /** Waits until the server answers: after a crash it first replays its log. */
    public void awaitReady(ChildProcess server) throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!answers()) {
            if (!server.alive()) {
                throw server.endedEarly("while starting");
            }
            if (System.nanoTime() > deadline) {
                throw new Refusal("PostgreSQL did not answer within " + START.toSeconds() + " s. The last lines of "
                        + server.spec().log() + ":\n" + server.lastLines());
            }
            Thread.sleep(50);
        }
    }

    public void createIfMissing() {
        try (Connection connection = connect("postgres");
                Statement statement = connection.createStatement()) {
            if (!exists(statement)) {
                statement.execute("create database " + NAME);
            }
        } catch (SQLException failure) {
            throw new Refusal("The database cannot be created: " + failure.getMessage());
        }
    }

    /** Prepares one service; {@code migrations} is the folder with its migrations. */
    public void prepare(ServiceDatabase service, Path migrations) {
        try {
            new DatabaseSetup(url(NAME), EmbeddedPostgres.SUPERUSER, password)
                    .prepare(service, "filesystem:" + migrations);
        } catch (Exception failure) {
            throw new Refusal("The schema " + service.schema() + " cannot be prepared: " + failure.getMessage());
        }
    }

    private static boolean exists(Statement statement) throws SQLException {
        try (ResultSet found = statement.executeQuery("select from pg_database where datname = '" + NAME + "'")) {
            return found.next();
        }
    }

    private boolean answers() {
        try (Connection connection = connect("postgres")) {
            return connection.isValid(1);
        } catch (SQLException notYet) {
            return false;
        }
    }

    private Connection connect(String database) throws SQLException {
        return DriverManager.getConnection(url(database), EmbeddedPostgres.SUPERUSER, password);
    }

    private String url(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }
}

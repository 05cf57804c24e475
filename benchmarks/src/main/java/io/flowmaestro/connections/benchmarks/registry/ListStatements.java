package io.flowmaestro.connections.benchmarks.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.flowmaestro.connections.benchmarks.load.LoadClient;
import io.flowmaestro.connections.benchmarks.load.Target;
import io.flowmaestro.connections.benchmarks.server.DurablePostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a list makes PostgreSQL do, as the server's own log tells: it is told to log one call's statements. */
final class ListStatements {

    /** The server's settings that this needs; without {@code log_statement} they cost nothing. */
    static final Map<String, String> LOGGING =
            Map.of("logging_collector", "on", "log_destination", "jsonlog", "log_directory", "statements");

    private static final String APP = "registry_app";
    private static final String CONNECTIONS = "registry.connection";
    private static final int SETTLE_MILLIS = 500;
    private static final JsonMapper JSON = new JsonMapper();

    private final DurablePostgres postgres;
    private final String database;

    ListStatements(DurablePostgres postgres, String database) {
        this.postgres = postgres;
        this.database = database;
    }

    /** One statement as it was executed. */
    record Logged(long process, String sql, String parameters) {
        boolean isOnConnections() {
            return sql.contains(CONNECTIONS);
        }
    }

    /** The statements of one list, those of its connection only. */
    List<Logged> of(LoadClient client, Target list) throws IOException, InterruptedException, SQLException {
        log("all");
        client.call(list, list.calls().getFirst());
        log("none");
        var logged = logged();
        var process = logged.stream()
                .filter(Logged::isOnConnections)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("PostgreSQL logged no statement of a list"))
                .process();
        return logged.stream().filter(one -> one.process() == process).toList();
    }

    private void log(String which) throws InterruptedException, SQLException {
        try (var connection = postgres.connect(database);
                var statement = connection.createStatement()) {
            statement.execute("alter system set log_statement = '" + which + "'");
            statement.execute("select pg_reload_conf()");
        }
        Thread.sleep(SETTLE_MILLIS);
    }

    private List<Logged> logged() throws IOException {
        var statements = new ArrayList<Logged>();
        try (var files = Files.list(postgres.data().resolve("statements"))) {
            for (var file : files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList()) {
                statements.addAll(logged(file));
            }
        }
        return statements;
    }

    private List<Logged> logged(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(ListStatements::read)
                    .filter(entry -> entry.path("user").asText().equals(APP)
                            && entry.path("dbname").asText().equals(database)
                            && entry.path("message").asText().matches("(?s)(statement|execute [^:]*): .*"))
                    .map(entry -> new Logged(
                            entry.path("pid").asLong(),
                            entry.path("message").asText().replaceFirst("^[^:]*: ", ""),
                            entry.path("detail").asText()))
                    .toList();
        }
    }

    private static JsonNode read(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException failure) {
            throw new IllegalStateException("PostgreSQL's log is no JSON", failure);
        }
    }
}

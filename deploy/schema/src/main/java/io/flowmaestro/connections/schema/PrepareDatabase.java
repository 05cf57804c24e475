package io.flowmaestro.connections.schema;

import io.flowmaestro.connections.database.DatabaseSetup;
import io.flowmaestro.connections.database.ServiceDatabase;
import java.io.PrintStream;
import java.sql.SQLException;
import java.util.Map;
import org.flywaydb.core.api.FlywayException;

/** Prepares one service's share of the database after the other. What was done stays done when a later one fails. */
public final class PrepareDatabase {
    private static final int FAILED = 1;
    private static final int USAGE = 2;

    private final Map<String, String> environment;
    private final PrintStream output;
    private final PrintStream errors;

    PrepareDatabase(Map<String, String> environment, PrintStream output, PrintStream errors) {
        this.environment = environment;
        this.output = output;
        this.errors = errors;
    }

    public static void main(String[] arguments) {
        System.exit(new PrepareDatabase(System.getenv(), System.out, System.err).run());
    }

    /** Answers the exit code. */
    int run() {
        Settings settings;
        try {
            settings = Settings.of(environment);
        } catch (IllegalArgumentException wrong) {
            errors.println("schema: " + wrong.getMessage() + " See deploy/schema/README.md.");
            return USAGE;
        }
        var setup = new DatabaseSetup(settings.url(), settings.user(), settings.password());
        for (ServiceDatabase service : settings.services()) {
            try {
                setup.prepare(service, "classpath:db/" + service.schema());
            } catch (SQLException | FlywayException failure) {
                errors.println("schema: " + service.schema() + " cannot be prepared: " + failure.getMessage());
                return FAILED;
            }
            output.println("schema: " + service.schema() + " is up to date");
        }
        return 0;
    }
}

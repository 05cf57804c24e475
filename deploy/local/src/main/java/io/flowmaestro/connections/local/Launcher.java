package io.flowmaestro.connections.local;

import io.flowmaestro.connections.local.command.Commands;
import io.flowmaestro.connections.local.refusal.Refusal;
import io.flowmaestro.connections.local.suite.Installation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What the {@code connections} script runs. It passes the repository's folder in {@code connections.repository} and that of the built packages in {@code connections.packages}. */
public final class Launcher {
    /** Held here, as the logging system forgets a level whose logger nobody holds. */
    private static final Logger MIGRATIONS = Logger.getLogger("org.flywaydb");

    private Launcher() {}

    public static void main(String[] arguments) throws Exception {
        Logger.getLogger("").setLevel(Level.WARNING);
        // A failed migration is an exception; a service without migrations is nothing to warn of.
        MIGRATIONS.setLevel(Level.SEVERE);
        System.exit(run(arguments));
    }

    private static int run(String[] arguments) throws Exception {
        try {
            Map<String, String> environment = System.getenv();
            Path repository = Path.of(System.getProperty("connections.repository", ""))
                    .toAbsolutePath()
                    .normalize();
            Optional<Path> packages = Optional.ofNullable(System.getProperty("connections.packages"))
                    .map(Path::of);
            Installation installation = Installation.of(repository, packages, environment);
            return new Commands(installation, environment, System.out).run(Arrays.asList(arguments));
        } catch (Refusal refusal) {
            System.err.println("connections: " + refusal.getMessage());
            return refusal.exitCode();
        }
    }
}

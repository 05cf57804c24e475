package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What one run of the suite is made of.
 *
 * @param repository the folder of the {@code connections} script
 * @param packages a copy of the built services, which a later build leaves alone; without it they run from where they
 *     were built
 */
public record Installation(Path repository, Optional<Path> packages, Home home, Secrets secrets, Ports ports) {

    public static Installation of(Path repository, Optional<Path> packages, Map<String, String> environment) {
        Home home = Home.of(environment);
        return new Installation(repository, packages, home, new Secrets(home), Ports.of(environment));
    }

    Path runnable(Service service) {
        Path folder = packages.map(copies -> copies.resolve(service.serviceName()))
                .orElseGet(() -> repository.resolve(service.serviceName()).resolve("target/quarkus-app"));
        return folder.resolve("quarkus-run.jar");
    }

    /** A folder without any for a service that has none: it has a schema and roles all the same. */
    public Path migrations(Service service) throws IOException {
        Path migrations = service.migrations(repository);
        return Files.isDirectory(migrations)
                ? migrations
                : Files.createDirectories(home.run().resolve("no-migrations"));
    }

    public Path node() {
        return repository.resolve("deploy/local/src/main/node");
    }
}

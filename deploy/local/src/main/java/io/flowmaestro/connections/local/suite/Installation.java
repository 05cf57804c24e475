package io.flowmaestro.connections.local.suite;

import io.flowmaestro.connections.local.home.Home;
import io.flowmaestro.connections.local.home.Secrets;
import java.nio.file.Path;
import java.util.Map;

/**
 * What one run of the suite is made of.
 *
 * @param repository the folder of the {@code connections} script
 */
public record Installation(Path repository, Home home, Secrets secrets, Ports ports) {

    public static Installation of(Path repository, Map<String, String> environment) {
        Home home = Home.of(environment);
        return new Installation(repository, home, new Secrets(home), Ports.of(environment));
    }

    public Path node() {
        return repository.resolve("deploy/local/src/main/node");
    }
}

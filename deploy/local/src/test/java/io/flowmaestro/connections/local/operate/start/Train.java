package io.flowmaestro.connections.local.operate.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.Repository;
import io.flowmaestro.connections.local.suite.Installation;
import io.flowmaestro.connections.local.suite.Service;
import io.flowmaestro.connections.local.training.Trainee;
import io.flowmaestro.connections.local.training.Training;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Has services that were built remember how they start, as {@code ./connections up} does before it starts them. */
final class Train {
    private Train() {}

    /** Leaves alone those whose cache is of the jars that they have. */
    static void all(List<Service> services) throws IOException, InterruptedException {
        var untrained = new ArrayList<Trainee>();
        for (var service : services) {
            var app = Repository.FOLDER.resolve(service.serviceName()).resolve("target/quarkus-app");
            var cache = app.resolve("app.aot");
            if (!Files.exists(cache) || isOlder(cache, app)) {
                untrained.add(new Trainee(service, app));
            }
        }
        if (!untrained.isEmpty()) {
            var installation = Installation.of(Repository.FOLDER, Optional.empty(), Map.of());
            assertThat(new Training(installation, System.out).run("local", untrained))
                    .as("caches of %s; what the services wrote is above", untrained)
                    .isTrue();
        }
    }

    private static boolean isOlder(Path cache, Path app) throws IOException {
        var time = Files.getLastModifiedTime(cache);
        try (Stream<Path> files = Files.walk(app)) {
            for (var jar :
                    files.filter(file -> file.toString().endsWith(".jar")).toList()) {
                if (Files.getLastModifiedTime(jar).compareTo(time) > 0) {
                    return true;
                }
            }
            return false;
        }
    }
}

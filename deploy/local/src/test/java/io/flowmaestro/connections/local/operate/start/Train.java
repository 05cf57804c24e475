package io.flowmaestro.connections.local.operate.start;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.Repository;
import io.flowmaestro.connections.local.suite.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Has a service that was built remember how it starts, as {@code ./connections up} does before it starts one. */
final class Train {
    private Train() {}

    /** Answers the seconds that it took; 0 when the cache is of these jars. */
    static double once(Service service) throws IOException, InterruptedException {
        var app = Repository.FOLDER.resolve(service.serviceName()).resolve("target/quarkus-app");
        var cache = app.resolve("app.aot");
        if (Files.exists(cache) && !isOlder(cache, app)) {
            return 0;
        }
        long began = System.nanoTime();
        var builder = new ProcessBuilder(
                        "bash", Repository.FOLDER.resolve("deploy/images/train").toString(), app.toString())
                .redirectErrorStream(true);
        builder.environment().put("JAVA", System.getProperty("java.home") + "/bin/java");
        builder.environment().put("TRAIN_PROFILE", "local");
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return (System.nanoTime() - began) / 1e9;
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

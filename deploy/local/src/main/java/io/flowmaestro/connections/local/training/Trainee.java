package io.flowmaestro.connections.local.training;

import io.flowmaestro.connections.local.refusal.Refusal;
import io.flowmaestro.connections.local.suite.Service;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * A service that is to remember how it starts.
 *
 * @param folder that it was packaged in; its cache will lie there
 */
public record Trainee(Service service, Path folder) {

    /** As a command line says it: {@code credential-vault=/app}. */
    public static Trainee parse(String word) {
        int equals = word.indexOf('=');
        return Arrays.stream(Service.values())
                .filter(service -> equals > 0 && service.serviceName().equals(word.substring(0, equals)))
                .map(service -> new Trainee(service, Path.of(word.substring(equals + 1))))
                .findFirst()
                .orElseThrow(() -> new Refusal(
                        "\"" + word + "\" is no service and its folder, such as credential-vault=/app.", 2));
    }
}

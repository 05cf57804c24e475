package io.flowmaestro.connections.registry.connection;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import java.util.regex.Pattern;

/** Ids of connections: UUIDv7, made here, since the envelope is bound to the id before the row exists. */
@ApplicationScoped
public class ConnectionIds {

    private static final Pattern CANONICAL =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    UUID next() {
        return generator.generate();
    }

    /** The id in a path. One that is no UUID is as unknown as one that is nobody's. */
    public static UUID parse(String text) {
        if (!CANONICAL.matcher(text).matches()) {
            throw RegistryProblem.connectionNotFound();
        }
        return UUID.fromString(text);
    }
}

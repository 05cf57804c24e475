package io.flowmaestro.connections.registry.data;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Ids of rows: UUIDv7, made here, since an envelope is bound to the id before its row exists. */
@ApplicationScoped
public class ConnectionIds {

    private final TimeBasedEpochGenerator generator = Generators.timeBasedEpochGenerator();

    public UUID next() {
        return generator.generate();
    }

    /** The id in a path. One that is no UUID is as unknown as one that is nobody's. */
    public static UUID parse(String text) {
        return Uuids.find(text).orElseThrow(RegistryProblem::connectionNotFound);
    }
}

package io.flowmaestro.connections.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.migration.ImportCall.Ended;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A real PostgreSQL with FlowMaestro's tables, a registry as the contract has it, and calls of the command between them. */
abstract class ImportScene {
    static final String PLAINTEXT = "{\"api_key\":\"sk-canary-4711\"}";

    @TempDir
    Path folder;

    final LegacySealing sealing = new LegacySealing();
    SourceFixture source;
    ScriptedRegistry registry;
    ImportCall call;

    @BeforeEach
    void create() throws Exception {
        source = new SourceFixture().connections();
        registry = new ScriptedRegistry();
        call = new ImportCall(source, registry, report());
    }

    @AfterEach
    void end() throws SQLException {
        registry.close();
        source.close();
    }

    Path report() {
        return folder.resolve("report.ndjson");
    }

    /** Ids in the order in which they are read. */
    List<String> some(int count) throws SQLException {
        List<String> ids = new ArrayList<>();
        for (int i : IntStream.range(0, count).toArray()) {
            ids.add(source.connection("api_key", "provider-" + i, sealing.object(PLAINTEXT))
                    .toString());
        }
        // PostgreSQL orders UUIDs by their bytes, and so does their text.
        return ids.stream().sorted().toList();
    }

    List<String> lineIds() throws Exception {
        return call.lines().stream().map(line -> line.path("id").asText()).toList();
    }

    static void assertRefused(Ended ended, String reason) {
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(2);
        assertThat(ended.output()).startsWith("connections: ").contains(reason).hasLineCount(1);
    }
}

package io.flowmaestro.connections.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.migration.ScriptedRegistry.Fault;
import io.flowmaestro.connections.migration.stop.StopRequest;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever rows there are and whatever goes wrong, each has exactly one line, and what arrives has the id it had. */
class EveryRowTest {
    private static final List<String> METHODS =
            List.of("api_key", "oauth2", "oauth2_token", "basic_auth", "custom", "mcp", "kerberos", "API Key");
    private static final List<String> PROVIDERS = List.of("openai", "Google Sheets", "___", "slack");
    private static final List<String> OPEN = List.of("{\"api_key\": \"x\"}", "{}", "null", "[]", "\"x\"");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void hasExactlyOneLine(long seed) throws Exception {
        Random random = new Random(seed);
        try (SourceFixture source =
                        new SourceFixture().connections().credentials().integrations();
                ScriptedRegistry registry = new ScriptedRegistry()) {
            fill(source, random);
            registry.refuses(row -> row.path("id").asText().hashCode() % 7 == 0);
            registry.cannotRead(row -> row.path("id").asText().hashCode() % 23 == 0);
            ImportCall call = new ImportCall(source, registry, folder.resolve("report.ndjson"));

            run(call, registry, random);

            assertThat(call.lines())
                    .extracting(line ->
                            line.path("table").asText() + " " + line.path("id").asText())
                    .containsExactlyElementsOf(rows(source));
            Set<String> reported = call.lines().stream()
                    .filter(line -> Set.of("imported", "unchanged")
                            .contains(line.path("outcome").asText()))
                    .map(line -> line.path("id").asText())
                    .collect(Collectors.toSet());
            assertThat(registry.stored().keySet()).isEqualTo(reported);
        }
    }

    /** In several goes: faults at random, and a wish to stop at random. */
    private static void run(ImportCall call, ScriptedRegistry registry, Random random) {
        int exitCode = -1;
        for (int go = 0; exitCode != 0 && exitCode != 3; go++) {
            assertThat(go).as("goes").isLessThan(40);
            for (int i = 0; i < 6; i++) {
                registry.plan(
                        random.nextInt(3) > 0
                                ? Fault.NONE
                                : List.of(
                                                Fault.UNAVAILABLE,
                                                Fault.HUNG_UP_BEFORE,
                                                Fault.HUNG_UP_AFTER,
                                                Fault.HUNG_UP_HALFWAY)
                                        .get(random.nextInt(4)));
            }
            StopRequest stop = new StopRequest();
            if (random.nextBoolean() && go < 20) {
                stop.ask();
            }
            String batch = Integer.toString(1 + random.nextInt(20));
            exitCode = (go == 0 ? call.run(stop, "--batch", batch) : call.run(stop, "--batch", batch, "--resume"))
                    .exitCode();
        }
    }

    private static void fill(SourceFixture source, Random random) throws SQLException {
        LegacySealing sealing = new LegacySealing();
        for (int i = 0; i < 25 + random.nextInt(20); i++) {
            String envelope = random.nextInt(4) == 0 ? pick(OPEN, random) : sealing.object("{\"n\":" + i + "}");
            UUID connection = source.connection(pick(METHODS, random), pick(PROVIDERS, random), envelope);
            UUID credential = source.credential(pick(METHODS, random), pick(PROVIDERS, random), sealing.compact("{}"));
            source.integration(pick(PROVIDERS, random), credential, "{\"token\": \"x\"}");
            switch (random.nextInt(8)) {
                case 0 ->
                    source.sql(
                            "update flowmaestro.connections set metadata = null, status = 'odd', created_at = 'infinity' where id = '"
                                    + connection + "'");
                case 1 ->
                    source.sql("update flowmaestro.integrations set id = '%s' where credential_id = '%s'"
                            .formatted(connection, credential));
                case 2 ->
                    source.sql("update flowmaestro.integrations set credential_id = null where credential_id = '"
                            + credential + "'");
                case 3 ->
                    source.sql("update flowmaestro.integrations set user_id = '%s' where credential_id = '%s'"
                            .formatted(SourceFixture.OTHER_USER, credential));
                case 4 ->
                    source.sql("update flowmaestro.connections set deleted_at = now() where id = '" + connection + "'");
                default -> {}
            }
        }
    }

    private static List<String> rows(SourceFixture source) throws SQLException {
        return List.of(source.value("""
                select string_agg(line, ',' order by place, id) from (
                  select 1 as place, id, 'connections ' || id as line from flowmaestro.connections union all
                  select 2, id, 'credentials ' || id from flowmaestro.credentials union all
                  select 3, id, 'integrations ' || id from flowmaestro.integrations) as rows""").split(","));
    }

    private static String pick(List<String> of, Random random) {
        return of.get(random.nextInt(of.size()));
    }
}

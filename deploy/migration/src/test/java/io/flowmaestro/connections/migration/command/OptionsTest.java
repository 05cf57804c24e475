package io.flowmaestro.connections.migration.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.migration.refusal.Refusal;
import io.flowmaestro.connections.migration.source.Table;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {
    private static final String FROM = "--from=postgresql://flow@localhost/flow";

    @TempDir
    private Path folder;

    @Test
    void haveDefaultsThatSuitTheUsualCase() {
        Options options = parsed(FROM);

        assertThat(options.schema()).isEqualTo("flowmaestro");
        assertThat(options.tables()).isEmpty();
        assertThat(options.dryRun()).isFalse();
        assertThat(options.resume()).isFalse();
        assertThat(options.batch()).isEqualTo(100);
        assertThat(options.report()).hasToString("connections-import.ndjson");
        assertThat(options.timeZone()).isEqualTo(ZoneId.of("UTC"));
        assertThat(parsed(FROM, "--dry-run").report()).hasToString("connections-import-dry-run.ndjson");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--table integrations connections",
                "--table integrations,connections",
                "--table integrations --table=connections --table connections"
            })
    void nameTablesInAnyWayAndTheirOrderIsTheirOwn(String words) {
        assertThat(parsed(FROM + " " + words).tables()).containsExactly(Table.CONNECTIONS, Table.INTEGRATIONS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--dry-run                     | Where from?",
                "%s now                        | --from takes one value",
                "now %s                        | import takes options only",
                "%s --force                    | import does not know --force",
                "%s --dry-run yes              | --dry-run takes no value",
                "%s --table                    | --table takes a value",
                "%s --table users              | --table takes connections, credentials or integrations",
                "%s --batch 0                  | --batch takes a number from 1 to 100",
                "%s --batch 101                | --batch takes a number from 1 to 100",
                "%s --time-zone Mars/Olympus   | --time-zone takes a zone",
                "%s --schema a;b               | --schema takes the name of a schema",
                "%s --to ftp://x               | --to takes the registry's own address",
                "%s --to http://u:canary@x     | --to takes the registry's own address",
                "%s --p=canary!                | import does not know --p",
                "%s --canary!                  | One of the options has no proper name"
            })
    void thatMeanNothingAreRefusedInOneLine(String words, String reason) {
        assertThatThrownBy(() -> parsed(words.formatted(FROM)))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.exitCode()).isEqualTo(2))
                .hasMessageContaining(reason)
                .hasMessageNotContaining("canary");
    }

    @Test
    void ofTheSuiteOfThisMachineComeFromTheScript() {
        assertThat(Target.of(parsed(FROM), Map.of("CONNECTIONS_IMPORT_TO", "http://127.0.0.1:8081")))
                .isEqualTo(URI.create("http://127.0.0.1:8081"));
        assertThatThrownBy(() -> Target.of(parsed(FROM), Map.of())).hasMessageContainingAll("./connections up", "--to");
    }

    @Test
    void doNotSendATokenInTheClear() {
        assertThatThrownBy(() -> Target.of(parsed(FROM, "--to", "http://registry.internal:8080"), Map.of()))
                .hasMessageContaining("in the clear");
        assertThat(Target.of(parsed(FROM, "--to", "http://registry.internal:8080/", "--allow-plain-http"), Map.of()))
                .isEqualTo(URI.create("http://registry.internal:8080"));
        assertThat(Target.of(parsed(FROM, "--to", "https://registry.internal"), Map.of()))
                .hasScheme("https");
    }

    @Test
    void takeThePasswordFromItsFileFirst() throws Exception {
        Path file = Files.writeString(folder.resolve("password"), "in the file\n");

        assertThat(SourcePassword.of(
                        Map.of("CONNECTIONS_IMPORT_PASSWORD_FILE", file.toString(), "PGPASSWORD", "other")))
                .contains("in the file");
        assertThat(SourcePassword.of(Map.of("PGPASSWORD", "other"))).contains("other");
        assertThat(SourcePassword.of(Map.of())).isEmpty();
        assertThatThrownBy(() -> SourcePassword.of(Map.of("CONNECTIONS_IMPORT_PASSWORD_FILE", "/nowhere")))
                .hasMessageContaining("/nowhere");
    }

    private static Options parsed(String... words) {
        List<String> arguments = new ArrayList<>();
        for (String word : words) {
            arguments.addAll(List.of(word.strip().split(" +")));
        }
        return Options.parse(arguments);
    }
}

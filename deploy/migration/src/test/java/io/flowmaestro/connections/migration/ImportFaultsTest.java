package io.flowmaestro.connections.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.migration.ImportCall.Ended;
import io.flowmaestro.connections.migration.ScriptedRegistry.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes wrong between the command and the registry. */
class ImportFaultsTest extends ImportScene {
    @ParameterizedTest
    @EnumSource(
            names = {
                "UNAVAILABLE",
                "HUNG_UP_BEFORE",
                "HUNG_UP_AFTER",
                "HUNG_UP_HALFWAY",
                "LATE",
                "STALLED",
                "INTERNAL_ERROR"
            })
    @Timeout(60)
    void thatPassLoseNoRowAndKeepTheOrder(Fault fault) throws Exception {
        List<String> ids = some(10);
        registry.plan(Fault.NONE, fault, Fault.NONE, fault, fault);

        Ended ended = call.run("--batch", "3");

        assertThat(ended.exitCode()).as(ended.output()).isZero();
        assertThat(registry.stored().keySet()).containsExactlyElementsOf(ids);
        assertThat(lineIds()).containsExactlyElementsOf(ids);
    }

    @Test
    void thatDoNotPassStopTheRunAndNothingOfTheBatchIsReported() throws Exception {
        List<String> ids = some(6);
        registry.plan(Fault.NONE, Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE, Fault.UNAVAILABLE);

        Ended ended = call.run("--batch", "3");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output())
                .contains("did not take a batch in 4 attempts (the last: 503 vault-unavailable: Scripted.)")
                .contains("--resume --report " + report());
        assertThat(lineIds()).containsExactlyElementsOf(ids.subList(0, 3));
        assertThat(call.run("--batch", "3", "--resume").exitCode()).isZero();
        assertThat(lineIds()).containsExactlyElementsOf(ids);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAUTHORISED, does not accept the token (401)",
        "FORBIDDEN, with the role admin",
        "NOT_FOUND, the front door does not route /internal",
        "SHORT, does not name each row that it was sent"
    })
    void thatTheOperatorHasToMendAreNotTriedAgain(Fault fault, String said) throws Exception {
        some(1);
        registry.plan(fault);

        Ended ended = call.run();

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.output()).contains(said).doesNotContain(ScriptedRegistry.TOKEN);
        assertThat(registry.queries()).hasSize(1);
        assertThat(call.lines()).isEmpty();
    }

    @Test
    void ofOneRowAreThatRowsOnly() throws Exception {
        List<String> ids = some(9);
        registry.cannotRead(row -> row.path("id").asText().equals(ids.get(4)));
        registry.refuses(row -> row.path("id").asText().equals(ids.get(7)));

        Ended ended = call.run();

        assertThat(ended.exitCode()).isEqualTo(3);
        assertThat(ended.output()).contains("9 rows, 7 imported, 2 refused (1 decryption-failed, 1 request-invalid)");
        assertThat(lineIds()).containsExactlyElementsOf(ids);
        assertThat(registry.stored()).hasSize(7);
    }

    @Test
    void ofSizeAreMetBySmallerRequests() throws Exception {
        List<String> ids = some(20);
        registry.takesAtMost(3_000);

        assertThat(call.run().exitCode()).isZero();

        assertThat(registry.stored().keySet()).containsExactlyElementsOf(ids);
    }

    @Test
    void aTokenRenewedInItsFileIsTakenUp() throws Exception {
        some(1);
        Path file = Files.writeString(folder.resolve("token"), "former\n");
        registry.plan(Fault.LATE, Fault.UNAUTHORISED);
        call.variable("CONNECTIONS_TOKEN_FILE", file.toString());
        Thread renewal = Thread.startVirtualThread(() -> {
            while (registry.authorizations().isEmpty()) {
                Thread.onSpinWait();
            }
            write(file, "renewed\n");
        });

        assertThat(call.run().exitCode()).isZero();

        renewal.join();
        assertThat(registry.authorizations()).startsWith("Bearer former").endsWith("Bearer renewed");
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}

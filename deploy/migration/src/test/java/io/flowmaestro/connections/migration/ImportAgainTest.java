package io.flowmaestro.connections.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.migration.ImportCall.Ended;
import io.flowmaestro.connections.migration.ScriptedRegistry.Fault;
import io.flowmaestro.connections.migration.stop.StopRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Runs that are repeated, stopped and gone on with. */
class ImportAgainTest extends ImportScene {
    @Test
    void everythingIsUnchangedAndNothingIsMadeTwice() throws Exception {
        List<String> ids = some(5);
        call.run();

        Ended ended = new ImportCall(source, registry, folder.resolve("second.ndjson")).run();

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.output()).startsWith("connections: 5 rows, 5 unchanged\n");
        assertThat(registry.stored().keySet()).containsExactlyElementsOf(ids);
    }

    @Test
    void aReportIsNotOverwritten() throws Exception {
        some(1);
        call.run();

        Ended ended = call.run();

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output())
                .startsWith("connections: There is a report ")
                .contains("--resume")
                .hasLineCount(1);
    }

    @Test
    void aDryRunWritesNothing() throws Exception {
        some(3);

        Ended ended = call.run("--dry-run");

        assertThat(ended)
                .isEqualTo(new Ended(
                        0, "connections: 3 rows, 3 would import\nNothing was written. Each row: " + report()));
        assertThat(registry.stored()).isEmpty();
        assertThat(registry.queries()).containsOnly("/internal/imports/connections?dry_run=true");
    }

    @Nested
    class Stopping {
        @Test
        void isDoneAfterTheBatchInHandAndTheRestFollows() throws Exception {
            List<String> ids = some(10);
            StopRequest stop = new StopRequest();
            stop.ask();

            Ended ended = call.run(stop, "--batch", "4");

            assertThat(ended.exitCode()).isEqualTo(130);
            assertThat(ended.output())
                    .isEqualTo("connections: stopped after 4 rows. Go on with the same options and --resume"
                            + " --report " + report() + ".");
            assertThat(lineIds()).containsExactlyElementsOf(ids.subList(0, 4));
            assertThat(call.run("--resume").output()).startsWith("connections: 10 rows, 10 imported\n");
            assertThat(lineIds()).containsExactlyElementsOf(ids);
        }

        @Test
        void doesNotWaitForARegistryThatIsAway() throws Exception {
            some(1);
            registry.plan(Fault.UNAVAILABLE);
            StopRequest stop = new StopRequest();
            stop.ask();

            assertThat(call.run(stop).exitCode()).isEqualTo(130);

            assertThat(registry.queries()).hasSize(1);
            assertThat(call.run("--resume").exitCode()).isZero();
        }
    }

    @Nested
    class Resuming {
        @Test
        void cutsATornLineAndSendsItsRowAgain() throws Exception {
            List<String> ids = some(6);
            stopAfter(3);
            Files.writeString(report(), "{\"table\":\"connections\",\"id\":\"" + ids.get(3), StandardOpenOption.APPEND);

            assertThat(call.run("--resume").exitCode()).isZero();

            assertThat(lineIds()).containsExactlyElementsOf(ids);
        }

        @Test
        void believesWholeLinesThatTheStateDoesNotKnowYet() throws Exception {
            List<String> ids = some(6);
            stopAfter(3);
            Files.writeString(
                    report(),
                    "{\"table\":\"connections\",\"id\":\"%s\",\"user_id\":null,\"outcome\":\"refused\",\"code\":\"x\"}\n"
                            .formatted(ids.get(3)),
                    StandardOpenOption.APPEND);

            assertThat(call.run("--resume").output()).contains("5 imported, 1 refused (1 x)");

            assertThat(registry.stored()).doesNotContainKey(ids.get(3));
            assertThat(lineIds()).containsExactlyElementsOf(ids);
        }

        @Test
        void refusesAReportThatWasChanged() throws Exception {
            some(6);
            stopAfter(3);
            Path report = report();
            Files.writeString(report, Files.readString(report).replaceFirst("imported", "unchanged"));

            assertRefused(call.run("--resume"), "is not as the run left it");
            Files.writeString(report, "");
            assertRefused(call.run("--resume"), "is not as the run left it");
        }

        @Test
        void refusesOtherOptions() throws Exception {
            some(6);
            stopAfter(3);

            assertRefused(call.run("--resume", "--dry-run"), "had another --dry-run");
            assertRefused(call.run("--resume", "--issuer", "https://id.example"), "had another --issuer");
        }

        @Test
        void refusesWhereThereIsNothing() {
            assertRefused(call.run("--resume"), "There is nothing to go on with");
        }

        @Test
        void ofAFinishedRunShowsItsSummaryOnly() throws Exception {
            some(2);
            call.run();

            assertThat(call.run("--resume").output()).startsWith("connections: 2 rows, 2 imported\n");

            assertThat(registry.queries()).hasSize(1);
        }

        @Test
        void saysWhenTheSourceChangedMeanwhile() throws Exception {
            List<String> ids = some(6);
            stopAfter(3);
            source.sql("delete from flowmaestro.connections where id = '" + ids.getFirst() + "'");

            Ended ended = call.run("--resume");

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output()).contains("connections has 5 rows and the report 6");
        }

        private void stopAfter(int rows) {
            StopRequest stop = new StopRequest();
            stop.ask();
            assertThat(call.run(stop, "--batch", Integer.toString(rows)).exitCode())
                    .isEqualTo(130);
        }
    }
}

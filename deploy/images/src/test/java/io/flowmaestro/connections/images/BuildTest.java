package io.flowmaestro.connections.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
        program("mvn", "echo mvn \"$@\" >>" + folder.resolve("asked"));
        git("init", "-q");
        git("add", ".");
        git("commit", "-qm", "all");
    }

    @Test
    void tagsEachImageByVersionAndCommit() throws Exception {
        program("docker", "echo docker \"$@\" >>" + folder.resolve("asked"));

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
        program("docker", "echo docker \"$@\" >>" + folder.resolve("asked"));

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
        program("docker", "echo docker \"$@\" >>" + folder.resolve("asked"));
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
        program("docker", ":");
        Files.writeString(checkout.resolve("new"), "");

        assertThat(build()).isEqualTo(1);
        assertThat(errors()).contains("changes that no commit has");
    }

    @Test
    void saysWhatIsMissing() throws Exception {
        assertThat(build()).isEqualTo(1);
        assertThat(errors()).contains("neither docker nor podman was found");
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
        for (String tool : List.of("bash", "git", "sed", "head", "date", "dirname", "env")) {
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

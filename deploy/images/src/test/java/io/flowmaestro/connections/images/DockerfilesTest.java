package io.flowmaestro.connections.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DockerfilesTest {
    private static final List<String> LABELS = List.of("title", "version", "revision", "created", "licenses", "vendor");

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "schema"})
    void runAsTheUserThatTheChartRunsThemAs(String kind) {
        var user = Pattern.compile("runAsUser: (\\d+)\\s+runAsGroup: (\\d+)")
                .matcher(Repository.text("deploy/kubernetes/chart/templates/_helpers.tpl"));
        assertThat(user.find()).isTrue();

        assertThat(image(kind).inImage("USER")).containsExactly(user.group(1) + ":" + user.group(2));
        assertThat(user.group(1)).isNotEqualTo("0");
    }

    /** Whoever runs as that user owns none of the files: nothing is copied with another owner than root. */
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "schema"})
    void letTheirProcessChangeNoFile(String kind) {
        assertThat(image(kind).inImage("COPY"))
                .isNotEmpty()
                .noneMatch(copy -> copy.contains("--chown=") && !copy.contains("--chown=0:0"));
        assertThat(image(kind).inImage("RUN")).isEmpty();
        assertThat(image(kind).all("ADD")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "schema"})
    void nameTheirBasesByVersion(String kind) {
        List<String> bases = image(kind)
                .all("ARG")
                .filter(argument -> argument.contains("="))
                .map(argument -> argument.split("=", 2)[1])
                .toList();

        assertThat(bases).isNotEmpty().allMatch(base -> base.matches(".+:[a-z]*-?[0-9].*"));
        assertThat(image(kind).all("FROM")).allMatch(from -> from.startsWith("${"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "schema"})
    void sayWhatTheyAreAndWhatIsInThem(String kind) {
        assertThat(image(kind).inImage("LABEL"))
                .singleElement()
                .satisfies(label -> assertThat(LABELS)
                        .allSatisfy(name -> assertThat(label).contains("org.opencontainers.image." + name + "=")));
        assertThat(image(kind).inImage("COPY")).anyMatch(copy -> copy.endsWith("target/bom.json /app/sbom.cdx.json"));
    }

    /** A shell in between would keep SIGTERM to itself, and the process would be killed in the middle of a refresh. */
    @ParameterizedTest
    @ValueSource(strings = {"jvm", "native", "schema"})
    void areToldToStopWithoutAShellInBetween(String kind) {
        assertThat(image(kind).inImage("ENTRYPOINT"))
                .singleElement()
                .satisfies(entry -> assertThat(entry)
                        .startsWith("[\"")
                        .doesNotContain("\"sh\"")
                        .doesNotContain("\"bash\""));
    }

    /** A cache of another class path is no cache: both runs name the same jar, and the JVM of the same image. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-jar",
                "/quarkus-run.jar",
                "--sun-misc-unsafe-memory-access=allow",
                "--enable-native-access=ALL-UNNAMED"
            })
    void areTrainedAsTheyAreRun(String flag) {
        assertThat(image("jvm").inImage("ENTRYPOINT")).allMatch(entry -> entry.contains(flag));
        assertThat(Repository.text("deploy/images/train")).contains(flag);
        assertThat(image("jvm").all("FROM")).containsExactly("${JRE} AS trained", "${JRE}");
    }

    /** The cache is no two times the same: beside it, what the same sources make is. */
    @Test
    void keepTheirCacheInALayerOfItsOwn() {
        assertThat(image("jvm").all("RUN")).last().asString().endsWith("&& mv /app/app.aot /tmp/");
        assertThat(image("jvm").inImage("COPY")).last().asString().endsWith("/tmp/app.aot /app/app.aot");
    }

    private static Dockerfile image(String kind) {
        return Dockerfile.read(kind + ".Dockerfile");
    }
}

package io.flowmaestro.connections.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReferenceTest {
    private static final Path REPOSITORY = Path.of(System.getProperty("connections.repository", "../.."))
            .toAbsolutePath()
            .normalize();

    static Stream<String> documents() throws Exception {
        return Reference.of(REPOSITORY).keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void isWhatTheSourcesSay(String document) throws Exception {
        assertThat(REPOSITORY.resolve(document))
                .as("%s is older than the sources. Run ./connections docs and commit what it writes.", document)
                .exists()
                .content()
                .isEqualTo(Reference.of(REPOSITORY).get(document));
    }

    @Test
    void namesEveryMappingOfTheServices() throws Exception {
        Sources sources = Sources.in(REPOSITORY);
        long interfaces = 0;
        for (String module : sources.modules().names()) {
            interfaces += sources.modules().sources(module, "@ConfigMapping(").size();
        }

        assertThat(interfaces).isPositive();
        assertThat(sources.mappings()).hasSize((int) interfaces);
        assertThat(sources.mappings())
                .allSatisfy(mapping -> assertThat(mapping.settings())
                        .as(mapping.prefix())
                        .isNotEmpty()
                        .allSatisfy(setting -> assertThat(setting.description())
                                .as("javadoc of %s", setting.name())
                                .isNotEmpty()));
    }

    @Test
    void namesEveryVariableOfTheFourPropertiesFiles() throws Exception {
        List<String> named =
                Variable.of(Sources.in(REPOSITORY)).stream().map(Variable::name).toList();

        for (String service : Reference.SERVICES) {
            Path file = REPOSITORY.resolve(service).resolve("src/main/resources/application.properties");
            var found =
                    java.util.regex.Pattern.compile("\\$\\{([A-Z][A-Z0-9_]*)").matcher(Files.readString(file));
            while (found.find()) {
                assertThat(named).contains(found.group(1));
            }
        }
    }

    /** What is written by hand must not outlive the code. */
    @Test
    void describesNoVariableThatIsGone() throws Exception {
        assertThat(Variable.of(Sources.in(REPOSITORY)).stream().map(Variable::name))
                .containsAll(WrittenByHand.of("variables.properties").keySet())
                .containsAll(WrittenByHand.of("kinds.properties").keySet())
                .doesNotContainAnyElementsOf(
                        WrittenByHand.of("tools.properties").keySet());
    }

    /** What is not in the list is refused by every service at start. */
    @Test
    void knowsEveryVariableThatASourceMentions() throws Exception {
        var mentioned = java.util.regex.Pattern.compile("\"(CONNECTIONS_[A-Z][A-Z0-9_]*)\"");
        var known = KnownSettings.of(Sources.in(REPOSITORY))
                .lines()
                .map(line -> line.split(" ")[0])
                .map(name -> name.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(java.util.Locale.ROOT))
                .toList();
        for (String folder :
                List.of("deploy/local/src", "deploy/schema/src/main", "deploy/migration/src/main", "benchmarks/src")) {
            try (var files = Files.walk(REPOSITORY.resolve(folder))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    mentioned
                            .matcher(Files.readString(file))
                            .results()
                            .forEach(match -> assertThat(known)
                                    .as("the list of settings, for %s", file)
                                    .contains(match.group(1)));
                }
            }
        }
    }
}

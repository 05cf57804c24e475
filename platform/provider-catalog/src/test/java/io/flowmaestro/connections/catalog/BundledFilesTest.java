package io.flowmaestro.connections.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file that ships. Run this one to check a file that you add. */
class BundledFilesTest {

    private static final Path FOLDER = Path.of("src/main/resources/providers");
    private static final ProviderSchema SCHEMA = new ProviderSchema();

    static List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void isWhatTheSchemaAndTheParserAllow(String file) throws ProviderFileException {
        String yaml = ProviderSchema.read(FOLDER.resolve(file));

        assertThat(SCHEMA.problems(file, yaml)).isEmpty();
        assertThat(new ProviderFileParser().parse(file, yaml).key() + ".yaml")
                .as("the file is named after its key")
                .isEqualTo(file);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void helpsPeopleFillItIn(String file) throws ProviderFileException {
        Provider provider = new ProviderFileParser().parse(file, ProviderSchema.read(FOLDER.resolve(file)));

        assertThat(provider.icon()).as("icon").isNotNull();
        assertThat(provider.description()).as("description").isNotBlank();
        assertThat(unexplained(provider.methods())).as("without label or hint").isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void marksWhatRestsOnGeneralKnowledgeAlone(String file) throws ProviderFileException {
        Methods methods = new ProviderFileParser()
                .parse(file, ProviderSchema.read(FOLDER.resolve(file)))
                .methods();

        if (methods.apiKey() != null && methods.apiKey().src().equals(List.of("K"))) {
            assertThat(methods.apiKey().unverified()).contains("base", "verify");
        }
        if (methods.oauth2() != null) {
            assertThat(methods.oauth2().src()).as("oauth2.src").isNotEmpty();
        }
    }

    @Test
    void areAllInTheIndexThatTheBuildWrites() throws IOException {
        assertThat(BundledProviders.names()).containsExactlyElementsOf(files());
        assertThat(BundledProviders.load())
                .extracting(provider -> provider.key() + ".yaml")
                .containsExactlyElementsOf(files());
    }

    private static List<String> unexplained(Methods methods) {
        List<String> found = new ArrayList<>();
        for (String method : List.of("api_key", "basic_auth", "custom")) {
            if (methods.names().contains(method)) {
                fields(methods, method).stream()
                        .filter(field -> field.label() == null || field.hint() == null)
                        .forEach(field -> found.add(method + "." + field.name()));
            }
        }
        Map<String, ConfigVariable> config =
                methods.oauth2() == null ? Map.of() : methods.oauth2().config();
        config.forEach((name, variable) -> {
            if (variable.label() == null || variable.hint() == null) {
                found.add("oauth2." + name);
            }
        });
        return found;
    }

    private static List<Field> fields(Methods methods, String method) {
        return switch (method) {
            case "api_key" ->
                Field.all(methods.apiKey().fields(), methods.apiKey().config());
            case "basic_auth" ->
                Field.all(methods.basicAuth().fields(), methods.basicAuth().config());
            default -> Field.all(methods.custom().fields(), methods.custom().config());
        };
    }
}

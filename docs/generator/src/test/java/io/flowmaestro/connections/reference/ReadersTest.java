package io.flowmaestro.connections.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadersTest {

    @TempDir
    private Path folder;

    @Test
    void readsAMappingWithGroupsNamesAndDefaults() throws Exception {
        Path source = Files.writeString(folder.resolve("SomeConfig.java"), """
            /** About
             *  it. */
            @ConfigMapping(prefix = "a.b")
            interface SomeConfig {
                /** How {@code long}. */
                @WithDefault("5S")
                Duration longName();

                /** Some. */
                @WithName("other")
                Optional<List<String>> some();

                Next next();

                default int none() {
                    return 1;
                }

                interface Next {
                    /** Inner. */
                    int value();
                }
            }
            """);

        assertThat(MappingReader.of("module", List.of(source)))
                .containsExactly(new Mapping(
                        "module",
                        "a.b",
                        "About it.",
                        List.of(
                                new Setting("a.b.long-name", "duration", "5S", false, "How `long`."),
                                new Setting("a.b.other", "list of texts", "", true, "Some."),
                                new Setting("a.b.next.value", "number", "", false, "Inner."))));
    }

    @Test
    void findsVariablesInsideTheDefaultsOfOthers() {
        assertThat(Placeholder.in("p", "${OUTER:${INNER:x}} ${MUST}", "why"))
                .containsExactlyInAnyOrder(
                        new Placeholder("INNER", "p", "why", "x", false),
                        new Placeholder("OUTER", "p", "why", "x", false),
                        new Placeholder("MUST", "p", "why", "", true));
    }

    @Test
    void takesTheCommentRightAboveAProperty() throws Exception {
        Path file = Files.writeString(folder.resolve("a.properties"), "# not of it\n\n# why\n# so\na=1\nb=2=3\n");

        assertThat(PropertyFile.read(file))
                .containsExactly(
                        new PropertyFile.Property("a", "1", "why so"), new PropertyFile.Property("b", "2=3", ""));
    }

    @ParameterizedTest
    @CsvSource({
        "uses {@code {a: b}} here, uses `{a: b}` here",
        "as {@link Config#value()}, as `value`",
        "as {@link Config this one}, as this one"
    })
    void makesMarkdownOfJavadoc(String comment, String markdown) {
        assertThat(Javadoc.markdown(comment)).isEqualTo(markdown);
    }

    @Test
    void saysWhatASchemaIs() {
        assertThat(SchemaText.of(Map.of("type", "array", "items", Map.of("$ref", "#/components/schemas/Tool"))))
                .isEqualTo("array of [Tool](#tool)");
        assertThat(SchemaText.remarks(Map.of("description", "A|b", "maximum", 3, "nullable", true)))
                .isEqualTo("A\\|b. May be null. maximum `3`.");
    }
}

package io.flowmaestro.connections.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCatalogTest {

    private static final String TOOLS = """
            {key: %s, name: %s, category: other, methods: {mcp: {server_url: "http://localhost:9/mcp", auth_type: none}}}
            """;

    @TempDir
    Path directory;

    private void write(String file, String key, String name) throws IOException {
        Files.writeString(directory.resolve(file), TOOLS.formatted(key, name));
    }

    private LiveCatalog catalog() {
        return new LiveCatalog(Optional.of(directory), Map.<String, String>of()::get);
    }

    @Nested
    class Bundled {
        @Test
        void catalogueOffersEveryMethodOfAServiceInOneEntry() {
            ProviderCatalog catalog = catalog().current();

            assertThat(catalog.find("github").orElseThrow().methods().names())
                    .containsExactly("oauth2", "api_key", "mcp");
            assertThat(catalog.providers()).containsKeys("filesystem", "google", "postgres", "slack", "zoom");
        }

        @Test
        void serverAddressesComeFromTheEnvironmentWhereItHasThem() {
            LiveCatalog catalog =
                    new LiveCatalog(Optional.empty(), Map.of("MCP_FILESYSTEM_URL", "http://127.0.0.1:8089/mcp")::get);

            assertThat(catalog.current()
                            .find("filesystem")
                            .orElseThrow()
                            .methods()
                            .mcp())
                    .satisfies(mcp -> assertThat(mcp.serverUrl()).isEqualTo("http://127.0.0.1:8089/mcp"));
        }
    }

    @Nested
    class Defined {

        private Provider provider(String key, String name) throws Exception {
            return new ProviderFileParser().parse("definition", TOOLS.formatted(key, name));
        }

        @Test
        void comesBeforeFilesAndGivesWayToThemAgain() throws Exception {
            write("gh.yml", "github", "Our GitHub");
            LiveCatalog catalog = catalog();
            String before = catalog.current().etag();

            catalog.define(
                    Map.of("github", provider("github", "Their GitHub"), "acme", provider("acme", "Acme")),
                    List.of("the entry 'old' is broken"));

            assertThat(catalog.current().find("github"))
                    .get()
                    .extracting(Provider::name, Provider::source)
                    .containsExactly("Their GitHub", Source.ADMIN);
            assertThat(catalog.current().find("acme")).isPresent();
            assertThat(catalog.current().problems()).containsExactly("the entry 'old' is broken");
            assertThat(catalog.current().etag()).isNotEqualTo(before);

            catalog.define(Map.of(), List.of());
            assertThat(catalog.current().find("github"))
                    .get()
                    .extracting(Provider::source)
                    .isEqualTo(Source.FILE);
            assertThat(catalog.current().etag()).isEqualTo(before);
        }

        @Test
        void staysWhenFilesChange() throws Exception {
            LiveCatalog catalog = catalog();
            catalog.define(Map.of("acme", provider("acme", "Acme")), List.of());
            write("tools.yaml", "acme-tools", "Tools");

            assertThat(catalog.refresh()).isTrue();

            assertThat(catalog.current().providers()).containsKeys("acme", "acme-tools");
        }
    }

    @Nested
    class Directory {
        @Test
        void extendsAndOverridesTheBundledFiles() throws IOException {
            write("tools.yaml", "acme-tools", "Acme");
            write("gh.yml", "github", "Our GitHub");

            ProviderCatalog catalog = catalog().current();

            assertThat(catalog.find("acme-tools")).isPresent();
            assertThat(catalog.find("github")).get().extracting(Provider::name).isEqualTo("Our GitHub");
            assertThat(catalog.find("github"))
                    .get()
                    .extracting(Provider::source)
                    .isEqualTo(Source.FILE);
            assertThat(catalog.find("slack")).get().extracting(Provider::source).isEqualTo(Source.BUNDLED);
            assertThat(catalog.problems()).isEmpty();
        }

        @Test
        void reportsABadFileAndKeepsTheRest() throws IOException {
            write("good.yaml", "good", "Good");
            Files.writeString(directory.resolve("bad.yaml"), "key: bad\nmethods: [");
            Files.write(directory.resolve("binary.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
            write("twice.yaml", "good", "Again");

            ProviderCatalog catalog = catalog().current();

            assertThat(catalog.find("good")).get().extracting(Provider::name).isEqualTo("Good");
            assertThat(catalog.find("openai")).isPresent();
            assertThat(catalog.problems())
                    .hasSize(3)
                    .anyMatch(problem -> problem.contains("bad.yaml"))
                    .anyMatch(problem -> problem.contains("binary.yaml"))
                    .anyMatch(problem -> problem.contains("twice.yaml") && problem.contains("'good'"));
        }

        @Test
        void isPickedUpWhenItChanges() throws IOException {
            LiveCatalog catalog = catalog();
            String before = catalog.current().etag();
            assertThat(catalog.refresh()).isFalse();

            write("late.yaml", "late", "Late");
            assertThat(catalog.refresh()).isTrue();
            assertThat(catalog.current().find("late")).isPresent();
            assertThat(catalog.current().etag()).isNotEqualTo(before);

            Files.delete(directory.resolve("late.yaml"));
            assertThat(catalog.refresh()).isTrue();
            assertThat(catalog.current().find("late")).isEmpty();
            assertThat(catalog.current().etag()).isEqualTo(before);
        }

        @Test
        void mayBeMissing() {
            assertThat(new LiveCatalog(Optional.of(directory.resolve("none")), name -> null)
                            .current()
                            .problems())
                    .isEmpty();
        }
    }
}

package io.flowmaestro.connections.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever puts own addresses wherever an overlay names one has none of the example left. */
class OverlaysTest {
    private static final Path KUSTOMIZE = Repository.KUBERNETES.resolve("kustomize");
    private static final List<String> EXAMPLES = List.of(".example", "192.0.2.10/32", "192.0.2.20/32");

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void nameEveryAddressThatIsTheOperatorsOwn(String overlay, @TempDir Path folder) throws IOException {
        copy(KUSTOMIZE, folder);
        try (Stream<Path> files = Files.list(folder.resolve("overlays").resolve(overlay))) {
            for (Path file : files.toList()) {
                Files.writeString(file, withOwnAddresses(Repository.text(file)));
            }
        }

        var rendering = Rendering.of(
                overlay,
                Tools.kubectl(
                        "kustomize", folder.resolve("overlays").resolve(overlay).toString()));

        assertThat(rendering.objects())
                .isNotEmpty()
                .allSatisfy(object -> assertThat(object.content().toString())
                        .as(object.title())
                        .doesNotContain(EXAMPLES));
        assertThat(rendering.ofKind("Job").map(Environment::plain))
                .singleElement()
                .satisfies(environment -> assertThat(environment)
                        .containsEntry(
                                "CONNECTIONS_DATABASE_URL",
                                "postgresql://postgres.ours.test:5432/connections?sslmode=verify-full"
                                        + "&sslrootcert=/etc/connections/database/ca.crt"));
    }

    /** The name of an image says which one is meant; what it is taken from is its newName. */
    private static String withOwnAddresses(String text) {
        return text.replaceAll(
                        "\\{name: registry\\.example/(\\S+), ", "{name: REGISTRY/$1, newName: registry.ours.test/$1, ")
                .replaceAll("([a-z]+)\\.example\\b", "$1.ours.test")
                .replace("REGISTRY/", "registry.example/")
                .replace("192.0.2.", "10.1.2.");
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
    }
}

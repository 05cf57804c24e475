package io.flowmaestro.connections.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BroughtAlongTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void haveAServiceAndTwoLibraries() throws Exception {
        write("service/application.properties", "name=vault\nlimit=1\n%local.limit=2\n%test.only=x\n");
        write("one/META-INF/microprofile-config.properties", "limit=9\nissuer=${ISSUER}\n%local.issuer=here\n");
        write("other/META-INF/microprofile-config.properties", "mesh=${MESH:false}\n");
    }

    @Test
    void isWhatTheServiceSaysAndThenWhatItsLibrariesSay() throws Exception {
        assertThat(brought("prod"))
                .isEqualTo(Map.of("name", "vault", "limit", "1", "issuer", "${ISSUER}", "mesh", "${MESH:false}"));
    }

    @Test
    void isThatOfTheProfileWhereThereIsSuch() throws Exception {
        assertThat(brought("local")).containsEntry("limit", "2").containsEntry("issuer", "here");
        assertThat(brought("test", "local"))
                .containsEntry("limit", "2")
                .containsEntry("only", "x")
                .containsEntry("mesh", "${MESH:false}");
    }

    private Map<String, String> brought(String... profiles) throws Exception {
        URL[] classPath = {url("service"), url("one"), url("other")};
        try (var loader = new URLClassLoader(classPath, null)) {
            return BroughtAlong.on(loader, List.of(profiles));
        }
    }

    private URL url(String part) throws Exception {
        return folder.resolve(part).toUri().toURL();
    }

    private void write(String file, String content) throws Exception {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}

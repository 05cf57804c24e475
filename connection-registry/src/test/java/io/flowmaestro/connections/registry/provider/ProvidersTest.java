package io.flowmaestro.connections.registry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.runtime.configuration.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvidersTest {

    @TempDir
    Path folder;

    private static Providers of(Path folder) {
        return new Providers(() -> Optional.of(folder));
    }

    @Test
    void refuseAFolderThatIsNotThere() throws IOException {
        Path file = Files.writeString(folder.resolve("acme.yaml"), "");

        for (Path none : new Path[] {folder.resolve("nowhere"), file}) {
            assertThatThrownBy(() -> of(none))
                    .isInstanceOf(ConfigurationException.class)
                    .hasMessageContaining("does not start")
                    .hasMessageContaining("CONNECTIONS_PROVIDERS_DIR")
                    .hasMessageNotContaining(none.toString());
        }
    }

    @Test
    void takeAFolderThatIsEmpty() {
        assertThat(of(folder).find("github")).isPresent();
    }
}

package io.flowmaestro.connections.local.home;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    @TempDir
    private Path folder;

    @Nested
    class Prepare {
        @Test
        void makesAFolderThatOnlyItsOwnerMayRead() throws IOException {
            Home home = new Home(folder.resolve("home"));

            home.prepare();

            assertThat(permissions(home.root())).isEqualTo("rwx------");
            assertThat(permissions(home.secrets())).isEqualTo("rwx------");
            assertThat(home.root().resolve("version")).hasContent("1");
        }

        @Test
        void closesAFolderThatOthersCouldRead() throws IOException {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));

            new Home(folder).prepare();

            assertThat(permissions(folder)).isEqualTo("rwx------");
        }

        @Test
        void refusesAnotherVersionAndLeavesItAlone() throws IOException {
            Files.writeString(folder.resolve("version"), "2\n");

            assertThatThrownBy(() -> new Home(folder).prepare())
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("has version \"2\"; this command reads version 1");
            assertThat(folder.resolve("secrets")).doesNotExist();
        }

        @Test
        void refusesAFolderThatIsSomethingElse() throws IOException {
            Files.writeString(folder.resolve("letter.txt"), "dear");

            assertThatThrownBy(() -> new Home(folder).prepare())
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("is not a data folder of this command");
        }

        @Test
        void takesAFolderWithProviderFilesInIt() throws IOException {
            Files.createDirectories(folder.resolve("providers"));

            new Home(folder).prepare();

            assertThat(folder.resolve("version")).exists();
        }
    }

    @Nested
    class Of {
        @Test
        void isTheUsersOwnUnlessSaidOtherwise() {
            assertThat(Home.of(Map.of()).root()).isEqualTo(Path.of(System.getProperty("user.home"), ".connections"));
            assertThat(Home.of(Map.of("CONNECTIONS_HOME", "/x/../y")).root()).isEqualTo(Path.of("/y"));
        }
    }

    @Nested
    class SecretsInIt {
        @Test
        void areMadeOnceAndKept() {
            Secrets secrets = prepared();

            String key = secrets.encryptionKey();

            assertThat(Base64.getDecoder().decode(key)).hasSize(32);
            assertThat(new Secrets(new Home(folder)).encryptionKey()).isEqualTo(key);
            assertThat(secrets.clientSecret("worker")).isNotEqualTo(secrets.clientSecret("oauth-broker"));
        }

        @Test
        void areForTheirOwnerOnlyEvenWhenSomebodyOpenedThem() throws IOException {
            Secrets secrets = prepared();
            secrets.clientSecret("worker");
            Path file = folder.resolve("secrets/client-worker");
            assertThat(permissions(file)).isEqualTo("rw-------");
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));

            secrets.clientSecret("worker");

            assertThat(permissions(file)).isEqualTo("rw-------");
        }

        @Test
        void areNotMadeAnewBesideDataThatTheyLock() throws IOException {
            Secrets secrets = prepared();
            Files.createDirectories(folder.resolve("postgres/data"));

            assertThatThrownBy(secrets::encryptionKey)
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("encryption-key is missing");
        }

        @Test
        void areRefusedWhenEmpty() throws IOException {
            Secrets secrets = prepared();
            PrivateFiles.write(folder.resolve("secrets/client-worker"), "\n");

            assertThatThrownBy(() -> secrets.clientSecret("worker"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("client-worker is empty");
        }

        private Secrets prepared() {
            Home home = new Home(folder);
            home.prepare();
            return new Secrets(home);
        }
    }

    @Nested
    class Lock {
        @Test
        void isHeldByOneAtATime() throws IOException {
            Home home = new Home(folder);
            home.prepare();
            try (HomeLock first = HomeLock.take(home).orElseThrow()) {
                assertThat(first).isNotNull();
                assertThat(HomeLock.take(home)).isEmpty();
            }
            assertThat(HomeLock.take(home)).isPresent();
        }
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}

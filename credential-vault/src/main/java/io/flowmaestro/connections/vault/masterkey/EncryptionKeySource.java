package io.flowmaestro.connections.vault.masterkey;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the key encryption keys when the vault starts; without a sound one it does not start, in any profile. */
@ApplicationScoped
class EncryptionKeySource {

    private static final String CURRENT = "ENCRYPTION_KEY";
    private static final String NEXT = "ENCRYPTION_KEY_NEXT";

    private final EncryptionKeyConfig config;
    private final RemoteKeys remoteKeys;

    EncryptionKeySource(EncryptionKeyConfig config, RemoteKeys remoteKeys) {
        this.config = config;
        this.remoteKeys = remoteKeys;
    }

    @Produces
    @Singleton
    @Startup
    ConfiguredKeys keys() {
        var next = config.next();
        return new ConfiguredKeys(
                key(CURRENT, config.value(), config.file(), config.uri())
                        .orElseThrow(() -> EncryptionKeyText.missing(CURRENT)),
                key(NEXT, next.value(), next.file(), next.uri()));
    }

    private Optional<ConfiguredKey> key(
            String name, Optional<String> value, Optional<Path> file, Optional<String> uri) {
        if (Stream.of(value, file, uri).filter(Optional::isPresent).count() > 1) {
            throw EncryptionKeyText.refused(
                    name, "%1$s, %1$s_FILE and %1$s_URI exclude each other; set only one of them.".formatted(name));
        }
        return value.or(() -> file.map(path -> read(name, path)))
                .map(text -> local(name, text))
                .or(() -> uri.map(remoteKeys::open));
    }

    private static ConfiguredKey local(String name, String text) {
        return new ConfiguredKey(ConfiguredKey.LOCAL, LocalKey.of(EncryptionKeyText.parse(name, text, isProduction())));
    }

    private static String read(String name, Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw EncryptionKeyText.refused(
                    name,
                    "The file %s that %s_FILE names cannot be read (%s)."
                            .formatted(file, name, unreadable.getClass().getSimpleName()));
        }
    }

    private static boolean isProduction() {
        return LaunchMode.current() == LaunchMode.NORMAL && !ConfigUtils.isProfileActive("local");
    }
}

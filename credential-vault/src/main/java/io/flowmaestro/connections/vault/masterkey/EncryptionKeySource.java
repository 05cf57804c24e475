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

/** Reads the key encryption key when the vault starts; without a sound one it does not start, in any profile. */
@ApplicationScoped
class EncryptionKeySource {

    private final EncryptionKeyConfig config;

    EncryptionKeySource(EncryptionKeyConfig config) {
        this.config = config;
    }

    @Produces
    @Singleton
    @Startup
    KeyEncryptionKey key() {
        return LocalKey.of(EncryptionKeyText.parse(text(), isProduction()));
    }

    private String text() {
        if (config.value().isPresent() && config.file().isPresent()) {
            throw EncryptionKeyText.refused(
                    "Both ENCRYPTION_KEY and ENCRYPTION_KEY_FILE are set; set only one of them.");
        }
        return config.value()
                .or(() -> config.file().map(EncryptionKeySource::read))
                .orElseThrow(EncryptionKeyText::missing);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw EncryptionKeyText.refused("The file %s that ENCRYPTION_KEY_FILE names cannot be read (%s)."
                    .formatted(file, unreadable.getClass().getSimpleName()));
        }
    }

    private static boolean isProduction() {
        return LaunchMode.current() == LaunchMode.NORMAL && !ConfigUtils.isProfileActive("local");
    }
}

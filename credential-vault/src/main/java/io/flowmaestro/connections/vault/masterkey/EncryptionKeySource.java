package io.flowmaestro.connections.vault.masterkey;

import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.Startup;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads the key encryption keys when the vault starts; without a sound one it does not start, in any profile. */
@ApplicationScoped
class EncryptionKeySource {

    private static final String CURRENT = "ENCRYPTION_KEY";
    private static final String NEXT = "ENCRYPTION_KEY_NEXT";

    private final EncryptionKeyConfig config;
    private final List<KeyManagementService> services;

    EncryptionKeySource(EncryptionKeyConfig config, @All List<KeyManagementService> services) {
        this.config = config;
        this.services = services;
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

    private Optional<ConfiguredKey> key(String name, Optional<String> value, Optional<Path> file, Optional<URI> uri) {
        if (Stream.of(value, file, uri).filter(Optional::isPresent).count() > 1) {
            throw EncryptionKeyText.refused(
                    name, "%1$s, %1$s_FILE and %1$s_URI exclude each other; set only one of them.".formatted(name));
        }
        return value.or(() -> file.map(path -> read(name, path)))
                .map(text -> local(name, text))
                .or(() -> uri.map(reference -> remote(name, reference)));
    }

    private static ConfiguredKey local(String name, String text) {
        return new ConfiguredKey(ConfiguredKey.LOCAL, LocalKey.of(EncryptionKeyText.parse(name, text, isProduction())));
    }

    private ConfiguredKey remote(String name, URI reference) {
        return services.stream()
                .filter(service -> service.name().equals(reference.getScheme()))
                .findFirst()
                .map(service -> new ConfiguredKey(service.name(), service.open(reference)))
                .orElseThrow(() -> EncryptionKeyText.refused(
                        name,
                        "%s_URI must begin with one of: %s."
                                .formatted(
                                        name,
                                        String.join(
                                                ", ",
                                                services.stream()
                                                        .map(service -> service.name() + "://")
                                                        .sorted()
                                                        .toList()))));
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

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
import java.security.MessageDigest;
import java.util.Arrays;
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
        var current = new Source(CURRENT, config.value(), config.file(), config.uri());
        var other = new Source(NEXT, next.value(), next.file(), next.uri());
        if (current.isSameAs(other)) {
            throw EncryptionKeyText.refused(
                    NEXT, NEXT + " is the same key as " + CURRENT + ". To change keys it has to be another one.");
        }
        return new ConfiguredKeys(open(current).orElseThrow(() -> EncryptionKeyText.missing(CURRENT)), open(other));
    }

    private Optional<ConfiguredKey> open(Source source) {
        return source.bytes()
                .map(bytes -> new ConfiguredKey(ConfiguredKey.LOCAL, LocalKey.of(bytes)))
                .or(() -> source.uri().map(remoteKeys::open));
    }

    /** One key as it is configured: its text, a file with its text, its URI, or not at all. */
    private record Source(String name, Optional<String> value, Optional<Path> file, Optional<String> uri) {

        Source {
            if (Stream.of(value, file, uri).filter(Optional::isPresent).count() > 1) {
                throw EncryptionKeyText.refused(
                        name, "%1$s, %1$s_FILE and %1$s_URI exclude each other; set only one of them.".formatted(name));
            }
        }

        /** Owned, and wiped, by the caller. */
        Optional<byte[]> bytes() {
            return value.or(() -> file.map(path -> read(name, path)))
                    .map(text -> EncryptionKeyText.parse(name, text, isProduction()));
        }

        boolean isSameAs(Source other) {
            var same = uri.map(String::strip).equals(other.uri.map(String::strip)) && uri.isPresent();
            return same || isSameKey(bytes(), other.bytes());
        }

        private static boolean isSameKey(Optional<byte[]> one, Optional<byte[]> other) {
            try {
                return one.isPresent() && other.isPresent() && MessageDigest.isEqual(one.get(), other.get());
            } finally {
                one.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
                other.ifPresent(bytes -> Arrays.fill(bytes, (byte) 0));
            }
        }

        @Override
        public String toString() {
            return name + "[redacted]";
        }
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

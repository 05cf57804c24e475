package io.flowmaestro.connections.local.home;

import io.flowmaestro.connections.local.refusal.Refusal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * The secrets of one data folder: each is made once, on first use, and kept in a file of its own. Two of them lock
 * data that already exists and are never made anew beside it.
 */
public final class Secrets {
    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Home home;

    public Secrets(Home home) {
        this.home = home;
    }

    /** Makes the two that lock data, before there is any: later they are only read. */
    public void prepare() {
        encryptionKey();
        superuserPassword();
    }

    /** The vault's key-encryption key: base64 of exactly 32 bytes. */
    public String encryptionKey() {
        return guarding("encryption-key", Base64.getEncoder());
    }

    public String superuserPassword() {
        return guarding("postgres-superuser", Base64.getUrlEncoder().withoutPadding());
    }

    /** The password of a database role, for example {@code vault_app}. */
    public String databasePassword(String role) {
        return made("database-" + role, Base64.getUrlEncoder().withoutPadding());
    }

    /** The secret of an OAuth client of the local identity provider or of the demo provider. */
    public String clientSecret(String clientId) {
        return made("client-" + clientId, Base64.getUrlEncoder().withoutPadding());
    }

    private String guarding(String name, Base64.Encoder encoding) {
        if (!Files.exists(file(name)) && Files.exists(home.postgres().resolve("data"))) {
            throw new Refusal("The secret " + file(name) + " is missing, and the data in " + home.root()
                    + " cannot be used without it. Put it back, or set CONNECTIONS_HOME to another folder.");
        }
        return made(name, encoding);
    }

    private String made(String name, Base64.Encoder encoding) {
        Path file = file(name);
        try {
            if (!Files.exists(file)) {
                byte[] bytes = new byte[BYTES];
                RANDOM.nextBytes(bytes);
                PrivateFiles.write(file, encoding.encodeToString(bytes) + "\n");
            }
            String secret = PrivateFiles.read(file);
            if (secret.isEmpty()) {
                throw new Refusal("The secret " + file + " is empty. Put its content back.");
            }
            return secret;
        } catch (IOException failure) {
            throw FullDisk.refusal(
                    home,
                    failure,
                    "The secret " + file + " cannot be read or written ("
                            + failure.getClass().getSimpleName() + ").");
        }
    }

    private Path file(String name) {
        return home.secrets().resolve(name);
    }
}

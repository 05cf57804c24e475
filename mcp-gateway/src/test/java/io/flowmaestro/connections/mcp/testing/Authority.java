package io.flowmaestro.connections.mcp.testing;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Makes certificates, with its own key and the JDK's tool. */
public final class Authority {

    private static final String PASSWORD = "changeit";
    private static final String OWN = "authority";

    private final Path store;

    /** The one whose keys are in that file, or will be. */
    public Authority(Path store) {
        this.store = store;
        if (!Files.exists(store)) {
            run("-alias", OWN, "-dname", "CN=authority", "-ext", "bc:c=ca:true");
        }
    }

    /** What a server needs to speak for that name. */
    public PfxOptions certificate(String name) {
        if (!has(name)) {
            run("-alias", name, "-dname", "CN=server", "-ext", "SAN=dns:" + name, "-signer", OWN);
        }
        return new PfxOptions()
                .setPath(store.toString())
                .setPassword(PASSWORD)
                .setAlias(name)
                .setAliasPassword(PASSWORD);
    }

    /** Its own certificate, as a PEM file has it. */
    public String pem() {
        try {
            var encoder = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));
            return "-----BEGIN CERTIFICATE-----\n"
                    + encoder.encodeToString(keys().getCertificate(OWN).getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("the authority has no certificate", failure);
        }
    }

    private boolean has(String name) {
        try {
            return keys().containsAlias(name);
        } catch (GeneralSecurityException failure) {
            throw new IllegalStateException("the authority's certificates cannot be listed", failure);
        }
    }

    private KeyStore keys() {
        try {
            return KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        } catch (GeneralSecurityException | IOException failure) {
            throw new IllegalStateException("the authority's store cannot be read", failure);
        }
    }

    private void run(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-keystore",
                store.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD));
        command.addAll(List.of(arguments));
        try {
            var tool = new ProcessBuilder(command).redirectErrorStream(true).start();
            var said = Buffer.buffer(tool.getInputStream().readAllBytes());
            if (tool.waitFor() != 0) {
                throw new IllegalStateException("keytool: " + said);
            }
        } catch (IOException failure) {
            throw new IllegalStateException("keytool did not start", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("keytool was not waited for", interrupted);
        }
    }
}

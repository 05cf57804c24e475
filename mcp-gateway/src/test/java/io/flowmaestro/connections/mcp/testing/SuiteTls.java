package io.flowmaestro.connections.mcp.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The suite's own TLS as the chart sets it: peers are trusted by an authority in a file, which is read again and again. */
public class SuiteTls implements QuarkusTestResourceLifecycleManager {

    /** The Service that certificates name. */
    public static final String SERVICE = "connections-mcp-gateway";

    private static final String FOLDER = "connections.test.suite-tls";

    @Override
    public Map<String, String> start() {
        try {
            System.setProperty(FOLDER, Files.createTempDirectory("suite-tls").toString());
        } catch (IOException failure) {
            throw new IllegalStateException("there is no place for certificates", failure);
        }
        trust(authority());
        return Map.of(
                "quarkus.rest-client.tls-configuration-name",
                "peers",
                "quarkus.tls.peers.trust-store.pem.certs",
                file("ca.crt").toString(),
                "quarkus.tls.peers.reload-period",
                "1s",
                "connections.mcp.replica.service-url",
                "https://" + SERVICE + ":8080");
    }

    @Override
    public void stop() {
        System.clearProperty(FOLDER);
    }

    /** The suite's own. */
    public static Authority authority() {
        return new Authority(file("suite.p12"));
    }

    public static Authority otherAuthority() {
        return new Authority(file("other.p12"));
    }

    /** From the next reading on, that one alone. */
    public static void trust(Authority authority) {
        try {
            Files.writeString(file("next.crt"), authority.pem());
            Files.move(file("next.crt"), file("ca.crt"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            throw new IllegalStateException("what is trusted could not be written", failure);
        }
    }

    private static Path file(String name) {
        return Path.of(System.getProperty(FOLDER)).resolve(name);
    }
}

package io.flowmaestro.connections.local.proof.mcp.ssrf;

import io.flowmaestro.connections.local.proof.mcp.Upstream;
import io.vertx.core.Vertx;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** An MCP server on the public internet, with a certificate that the gateway trusts. */
record ValidHost(Vertx vertx, Upstream server, Path truststore) implements AutoCloseable {
    static final String PASSWORD = "changeit";

    static ValidHost listening(Path folder, String address, String name) throws IOException, InterruptedException {
        var store = folder.resolve("valid-host.p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "valid",
                        "-keyalg",
                        "EC",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:" + name + ",dns:*." + name,
                        "-validity",
                        "2")
                .inheritIO()
                .start();
        if (made.waitFor() != 0) {
            throw new AssertionError("keytool made no certificate");
        }
        var vertx = Vertx.vertx();
        var keys = new PfxOptions().setPath(store.toString()).setPassword(PASSWORD);
        return new ValidHost(vertx, Upstream.tls(vertx, address, keys, Map.of()), store);
    }

    @Override
    public void close() {
        server.close();
        vertx.close();
    }
}

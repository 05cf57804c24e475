package io.flowmaestro.connections.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jose4j.jwk.RsaJsonWebKey;

/** A minimal OpenID provider: discovery, keys, and a token endpoint for client credentials. */
final class Issuer {

    private final HttpServer server;
    private final String url;

    private Issuer(HttpServer server) {
        this.server = server;
        this.url = "http://localhost:" + server.getAddress().getPort();
    }

    static Issuer start() throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var issuer = new Issuer(server);
        var keys = keys();
        System.setProperty(Tokens.ISSUER, issuer.url);
        System.setProperty(
                Tokens.PRIVATE_KEY,
                Base64.getEncoder().encodeToString(keys.getPrivate().getEncoded()));
        issuer.serve(keys);
        return issuer;
    }

    private void serve(KeyPair keys) {
        var jwk = new RsaJsonWebKey((java.security.interfaces.RSAPublicKey) keys.getPublic());
        jwk.setKeyId(Tokens.KEY_ID);
        String discovery = """
                {"issuer": "%1$s", "jwks_uri": "%1$s/jwks", "token_endpoint": "%1$s/token",
                 "authorization_endpoint": "%1$s/auth", "subject_types_supported": ["public"],
                 "id_token_signing_alg_values_supported": ["RS256"], "response_types_supported": ["code"]}""".formatted(url);
        server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, discovery));
        server.createContext("/jwks", exchange -> answer(exchange, "{\"keys\": [" + jwk.toJson() + "]}"));
        server.createContext(
                "/token",
                exchange -> answer(
                        exchange,
                        "{\"access_token\": \"" + Tokens.service("this-service")
                                + "\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"));
        server.start();
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    String url() {
        return url;
    }

    void stop() {
        server.stop(0);
    }
}

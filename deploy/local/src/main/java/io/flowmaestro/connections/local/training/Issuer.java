package io.flowmaestro.connections.local.training;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.PfxOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletionException;

/**
 * An identity provider as far as a service needs one that starts: it says who it is and which key it signs with, and gives whoever asks a token.
 * On loopback only. Its certificate is one that nobody vouches for.
 */
final class Issuer implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final String STORE_PASSWORD = "guards-nothing";

    private final Vertx vertx = Vertx.vertx(new VertxOptions()
            .setEventLoopPoolSize(1)
            .setFileSystemOptions(
                    new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    private final SigningKey key = SigningKey.made();
    private final String scheme;
    private final HttpServer server;

    private Issuer(HttpServerOptions options) {
        scheme = options.isSsl() ? "https" : "http";
        server = vertx.createHttpServer(options).requestHandler(this::answer);
    }

    /**
     * @param folder for the certificate
     * @throws IOException when there can be no certificate, or nothing may listen here
     */
    static Issuer start(Path folder, boolean https) throws IOException, InterruptedException {
        Issuer issuer = new Issuer(https ? withCertificate(folder.resolve("issuer.p12")) : new HttpServerOptions());
        try {
            issuer.server
                    .listen(0, HOST)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            return issuer;
        } catch (CompletionException failure) {
            issuer.close();
            throw new IOException("the identity provider cannot listen (" + failure.getCause() + ")", failure);
        }
    }

    /** The JDK has no other way to make a certificate than its own tool. */
    private static HttpServerOptions withCertificate(Path store) throws IOException, InterruptedException {
        Process tool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "issuer",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=" + HOST,
                        "-ext",
                        "san=ip:" + HOST,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        STORE_PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (tool.waitFor() != 0) {
            throw new IOException("keytool made no certificate");
        }
        return new HttpServerOptions()
                .setSsl(true)
                .setKeyCertOptions(new PfxOptions().setPath(store.toString()).setPassword(STORE_PASSWORD));
    }

    URI address() {
        return URI.create(scheme + "://" + HOST + ":" + server.actualPort());
    }

    /** Of a user, for some minutes. */
    String token() {
        return key.token(address());
    }

    private void answer(HttpServerRequest request) {
        switch (String.valueOf(request.path())) {
            case "/.well-known/openid-configuration" -> send(request, discovery());
            case "/jwks" -> send(request, new JsonObject().put("keys", new JsonArray().add(key.published())));
            case "/token" ->
                send(
                        request,
                        new JsonObject()
                                .put("access_token", token())
                                .put("token_type", "Bearer")
                                .put("expires_in", SigningKey.LIFETIME.toSeconds()));
            default -> request.response().setStatusCode(404).end();
        }
    }

    private JsonObject discovery() {
        return new JsonObject()
                .put("issuer", address().toString())
                .put("authorization_endpoint", address() + "/authorize")
                .put("token_endpoint", address() + "/token")
                .put("jwks_uri", address() + "/jwks");
    }

    private static void send(HttpServerRequest request, JsonObject body) {
        request.response().putHeader("Content-Type", "application/json").end(body.encode());
    }

    @Override
    public void close() {
        vertx.close();
    }
}

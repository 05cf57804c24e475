package io.flowmaestro.connections.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PfxOptions;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The address is pinned, the certificate is checked against the name. */
@Timeout(value = 30, unit = TimeUnit.SECONDS)
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    static Path folder;

    private final Vertx vertx = Vertx.vertx();
    private final FixedSettings settings = FixedSettings.production();
    private final ScriptedResolver resolver =
            new ScriptedResolver().answer("right.localhost", "127.0.0.1").answer("wrong.localhost", "127.0.0.1");
    private final EgressGuard guard = new EgressGuard(settings, resolver, true);
    private int port;

    @BeforeEach
    void serve() throws Exception {
        var store = folder.resolve("server.p12");
        if (!store.toFile().exists()) {
            var keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
            int exit = new ProcessBuilder(
                            keytool.toString(),
                            "-genkeypair",
                            "-alias",
                            "server",
                            "-keyalg",
                            "EC",
                            "-dname",
                            "CN=test",
                            "-ext",
                            "SAN=dns:right.localhost",
                            "-keystore",
                            store.toString(),
                            "-storetype",
                            "PKCS12",
                            "-storepass",
                            PASSWORD)
                    .inheritIO()
                    .start()
                    .waitFor();
            assertThat(exit).isZero();
        }
        port = vertx.createHttpServer(new HttpServerOptions().setSsl(true).setKeyCertOptions(store()))
                .requestHandler(request -> request.response().end(request.getHeader("Host")))
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static PfxOptions store() {
        return new PfxOptions().setPath(folder.resolve("server.p12").toString()).setPassword(PASSWORD);
    }

    private EgressResponse call(EgressClient client, String host) {
        return client.send(EgressRequest.get("https://" + host + ":" + port + "/"))
                .await()
                .indefinitely();
    }

    private EgressClient trusting() {
        return new EgressClient(guard, vertx, EgressClient.options(settings).setTrustOptions(store()));
    }

    @Test
    void acceptsTheCertificateOfTheNameThatWasAskedFor() {
        assertThat(call(trusting(), "right.localhost").body()).hasToString("right.localhost:" + port);
    }

    @Test
    void refusesATrustedCertificateOfAnotherName() {
        var failure = catchThrowableOfType(EgressFailure.class, () -> call(trusting(), "wrong.localhost"));

        assertThat(failure.kind()).isEqualTo(EgressFailure.Kind.TLS);
        assertThat(failure.requestSent()).isFalse();
    }

    @Test
    void refusesTheBareAddressOfANamedCertificate() {
        assertThat(catchThrowableOfType(EgressFailure.class, () -> call(trusting(), "127.0.0.1"))
                        .kind())
                .isEqualTo(EgressFailure.Kind.TLS);
    }

    @Test
    void refusesACertificateNobodyTrusts() {
        var client = new EgressClient(guard, vertx, settings);

        assertThat(catchThrowableOfType(EgressFailure.class, () -> call(client, "right.localhost"))
                        .kind())
                .isEqualTo(EgressFailure.Kind.TLS);
    }
}

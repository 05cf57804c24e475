package io.flowmaestro.connections.local.training;

import static org.assertj.core.api.Assertions.assertThat;

import io.flowmaestro.connections.local.HttpAnswers;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerTest {
    @TempDir
    private Path folder;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() {
        vertx.close();
    }

    @ParameterizedTest
    @CsvSource({"false, http", "true, https"})
    void saysWhoItIsAndWhereItsKeysAre(boolean https, String scheme) throws Exception {
        try (var issuer = Issuer.start(folder, https)) {
            var discovered = asked(issuer, HttpMethod.GET, "/.well-known/openid-configuration");

            assertThat(issuer.address()).hasScheme(scheme).hasHost("127.0.0.1");
            assertThat(discovered.getString("issuer"))
                    .isEqualTo(issuer.address().toString());
            assertThat(discovered.getString("jwks_uri")).isEqualTo(issuer.address() + "/jwks");
            assertThat(discovered.getString("token_endpoint")).isEqualTo(issuer.address() + "/token");
        }
    }

    @Test
    void signsTokensWithTheKeyThatItPublishes() throws Exception {
        try (var issuer = Issuer.start(folder, false)) {
            var key =
                    asked(issuer, HttpMethod.GET, "/jwks").getJsonArray("keys").getJsonObject(0);
            var parts = asked(issuer, HttpMethod.POST, "/token")
                    .getString("access_token")
                    .split("\\.", -1);

            var signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(KeyFactory.getInstance("RSA")
                    .generatePublic(new RSAPublicKeySpec(number(key, "n"), number(key, "e"))));
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));

            assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2])))
                    .isTrue();
            assertThat(json(parts[0]).getString("kid")).isEqualTo(key.getString("kid"));
            assertThat(json(parts[1]).getString("iss"))
                    .isEqualTo(issuer.address().toString());
            assertThat(json(parts[1]).getString("aud")).isEqualTo("connections");
            assertThat(json(parts[1]).getLong("exp"))
                    .isGreaterThan(Instant.now().getEpochSecond());
        }
    }

    private JsonObject asked(Issuer issuer, HttpMethod method, String path) {
        var http =
                vertx.createHttpClient(new HttpClientOptions().setTrustAll(true).setVerifyHost(false));
        var options = new RequestOptions().setMethod(method).setAbsoluteURI(issuer.address() + path);
        return HttpAnswers.to(http, options, Buffer.buffer(), HttpClientResponse::body)
                .map(Buffer::toJsonObject)
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static JsonObject json(String part) {
        return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
    }

    private static BigInteger number(JsonObject key, String member) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(key.getString(member)));
    }
}

package io.flowmaestro.connections.oauth.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.flowmaestro.connections.testing.Peers;
import io.flowmaestro.connections.testing.PostgresResource;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** The peers and the provider as tests script them. The vault's envelopes hold their plaintext for all to see. */
public final class Suite {

    public static final UUID ALICE = UUID.fromString("0190a1ce-0000-7000-8000-00000000a11c");
    public static final UUID BOB = UUID.fromString("0190a1ce-0000-7000-8000-000000000b0b");
    public static final String TOKEN_PATH = "/acme/token";

    private Suite() {}

    public static WireMock peers() {
        return Peers.wiremock();
    }

    public static void reset() {
        WireMock peers = peers();
        peers.resetToDefaultMappings();
        peers.resetScenarios();
        peers.resetRequests();
        peers.register(any(anyUrl()).atPriority(100).willReturn(aResponse().withStatus(404)));
        vault(peers);
        peers.register(post("/internal/usage")
                .willReturn(jsonResponse("{\"success\":true,\"data\":{\"accepted\":1,\"duplicates\":0}}", 200)));
        provider("acme", "");
        sql("delete from oauth.refresh_leases");
        sql("delete from oauth.refresh_attempts");
        sql("delete from oauth.pending_grants");
    }

    private static void vault(WireMock peers) {
        peers.register(
                post("/internal/encrypt")
                        .willReturn(
                                templated(
                                        "{\"success\":true,\"data\":{\"envelope\":{\"format\":1,\"ciphertext\":\"{{{jsonPath request.body '$.plaintext'}}}\"}}}")));
        peers.register(
                post("/internal/decrypt")
                        .willReturn(
                                templated(
                                        "{\"success\":true,\"data\":{\"plaintext\":\"{{{jsonPath request.body '$.envelope.ciphertext'}}}\"}}")));
    }

    /** The vault opens nothing of this purpose, as when its key version was withdrawn; until the mapping is removed. */
    public static StubMapping vaultRefuses(String purpose) {
        return peers().register(post("/internal/decrypt")
                .atPriority(1)
                .withRequestBody(containing("\"" + purpose + "\""))
                .willReturn(json(422, "{\"code\":\"decryption-failed\"}")));
    }

    public static ResponseDefinitionBuilder templated(String json) {
        return jsonResponse(json, 200).withTransformers("response-template");
    }

    /** @param extra further members of the oauth2 block, each with a comma before it */
    public static void provider(String key, String extra) {
        String url = Peers.url() + "/acme";
        String oauth = """
                {"authorize":"%1$s/authorize","token":"%1$s/token","default_scopes":["basic"],"pkce":"unknown",
                 "token_auth":"body","refresh":{"rotates":true},
                 "account":{"method":"GET","url":"%1$s/me","id":"id","name":"email"}%2$s}""".formatted(url, extra);
        catalogued(key, "{\"oauth2\":" + oauth + "}");
    }

    public static void catalogued(String key, String methods) {
        String provider = "{\"key\":\"%1$s\",\"name\":\"%2$s\",\"category\":\"crm\",\"methods\":%3$s}"
                .formatted(key, key.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + key.substring(1), methods);
        peers().register(get("/internal/providers/" + key)
                .willReturn(jsonResponse("{\"success\":true,\"data\":" + provider + "}", 200)));
        peers().register(get("/internal/providers")
                .willReturn(jsonResponse("{\"success\":true,\"data\":[" + provider + "]}", 200)));
    }

    public static void tokenAnswer(ResponseDefinitionBuilder answer) {
        peers().register(post(TOKEN_PATH).willReturn(answer));
    }

    public static ResponseDefinitionBuilder json(int status, String body) {
        return jsonResponse(body, status);
    }

    public static int tokenRequests() {
        return peers().find(postRequestedFor(urlEqualTo(TOKEN_PATH))).size();
    }

    public static List<LoggedRequest> requests(com.github.tomakehurst.wiremock.http.RequestMethod method, String path) {
        return peers().find(new com.github.tomakehurst.wiremock.matching.RequestPatternBuilder(
                method, urlPathEqualTo(path)));
    }

    /** What the fake vault gave for this plaintext. */
    public static String envelope(String plaintext) {
        return "{\"format\":1,\"ciphertext\":\""
                + Base64.getEncoder().encodeToString(plaintext.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    public static String plaintext(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    public static int sql(String statement) {
        try (var connection = PostgresResource.superuser();
                var sql = connection.createStatement()) {
            return sql.executeUpdate(statement);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static long count(String query) {
        try (var connection = PostgresResource.superuser();
                var sql = connection.createStatement();
                var rows = sql.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

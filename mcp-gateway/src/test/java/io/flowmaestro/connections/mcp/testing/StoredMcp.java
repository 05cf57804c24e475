package io.flowmaestro.connections.mcp.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.flowmaestro.connections.testing.Peers;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;

/** A connection as registry and vault would show it to this service. */
public final class StoredMcp {

    private final UUID user;
    public final UUID id = UUID.randomUUID();
    private final JsonObject credential;
    private Duration loadDelay = Duration.ZERO;

    private StoredMcp(UUID user) {
        this.user = user;
        this.credential = new JsonObject()
                .put("id", id.toString())
                .put("name", "Tools")
                .put("connection_method", "mcp")
                .put("provider", "filesystem")
                .put("status", "active")
                .putNull("status_reason")
                .put("version", 3)
                .put("credential_generation", 1)
                .put("envelope", new JsonObject().put("format", 1).put("ciphertext", "opaque-" + id));
    }

    public static StoredMcp of(UUID user, JsonObject data) {
        UsageInbox.takesReports();
        return new StoredMcp(user).save().sealed(data);
    }

    public static StoredMcp of(UUID user, FakeMcpServer server) {
        return of(user, new JsonObject().put("server_url", server.url()).put("auth_type", "none"));
    }

    public StoredMcp with(String field, Object value) {
        credential.put(field, value);
        return save();
    }

    private StoredMcp save() {
        Peers.wiremock()
                .register(get("/internal/connections/" + id + "/credential")
                        .withHeader("X-On-Behalf-Of", equalTo(user.toString()))
                        .withHeader(
                                "Authorization", com.github.tomakehurst.wiremock.client.WireMock.matching("Bearer .+"))
                        .willReturn(okJson(new JsonObject()
                                        .put("success", true)
                                        .put("data", credential)
                                        .encode())
                                .withFixedDelay(Math.toIntExact(loadDelay.toMillis()))));
        return this;
    }

    /** From now on the connection has another credential; what was sealed before can still be opened. */
    public StoredMcp replaced(JsonObject data) {
        int generation = credential.getInteger("credential_generation") + 1;
        credential.put("credential_generation", generation);
        credential.put(
                "envelope", new JsonObject().put("format", 1).put("ciphertext", "opaque-" + id + "-" + generation));
        return sealed(data).save();
    }

    /** From now on the registry knows it no more. */
    public StoredMcp deleted() {
        Peers.wiremock()
                .register(get("/internal/connections/" + id + "/credential")
                        .willReturn(aResponse().withStatus(404)));
        return this;
    }

    public StoredMcp sealed(JsonObject data) {
        var plaintext = Base64.getEncoder().encodeToString(data.encode().getBytes(StandardCharsets.UTF_8));
        Peers.wiremock()
                .register(post("/internal/decrypt")
                        .withHeader("X-On-Behalf-Of", equalTo(user.toString()))
                        .withRequestBody(matchingJsonPath("$.connection_id", equalTo(id.toString())))
                        .withRequestBody(matchingJsonPath("$.purpose", equalTo("connection-data")))
                        .withRequestBody(matchingJsonPath(
                                "$.envelope.ciphertext",
                                equalTo(credential.getJsonObject("envelope").getString("ciphertext"))))
                        .willReturn(okJson(new JsonObject()
                                .put("success", true)
                                .put("data", new JsonObject().put("plaintext", plaintext))
                                .encode())));
        return this;
    }

    /** From now on the registry takes that long to give the connection out. */
    public StoredMcp loadedAfter(Duration delay) {
        loadDelay = delay;
        return save();
    }

    /** What the registry answers when it is asked to test the connection before use. */
    public StoredMcp testedIfDue(ResponseDefinitionBuilder answer) {
        Peers.wiremock()
                .register(post("/internal/connections/" + id + "/test-if-due")
                        .withHeader("X-On-Behalf-Of", equalTo(user.toString()))
                        .willReturn(answer));
        return this;
    }

    /** How often the registry was asked to test the connection. */
    public int testsAskedFor() {
        return Peers.wiremock()
                .find(postRequestedFor(urlEqualTo("/internal/connections/" + id + "/test-if-due")))
                .size();
    }
}

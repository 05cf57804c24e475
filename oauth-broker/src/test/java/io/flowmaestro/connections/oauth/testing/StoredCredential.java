package io.flowmaestro.connections.oauth.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.jsonResponse;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import java.time.Instant;
import java.util.UUID;

/** A connection in the scripted registry. */
public record StoredCredential(
        UUID id, String method, String provider, String status, long generation, String data, boolean testDue) {

    public static StoredCredential of(String method, String provider, String data) {
        return new StoredCredential(UUID.randomUUID(), method, provider, "active", 1, data, false);
    }

    public static StoredCredential oauth(String accessToken, String refreshToken, Instant issuedAt, Instant expiresAt) {
        return of("oauth2", "acme", tokens(accessToken, refreshToken, issuedAt, expiresAt));
    }

    public static String tokens(String accessToken, String refreshToken, Instant issuedAt, Instant expiresAt) {
        return """
                {"access_token":"%s","refresh_token":"%s","token_type":"Bearer","issued_at":%d,"expires_at":%d,"scope":["basic"]}""".formatted(accessToken, refreshToken, issuedAt.toEpochMilli(), expiresAt.toEpochMilli());
    }

    public StoredCredential withStatus(String other) {
        return new StoredCredential(id, method, provider, other, generation, data, testDue);
    }

    public StoredCredential at(long newGeneration, String newData) {
        return new StoredCredential(id, method, provider, status, newGeneration, newData, testDue);
    }

    public StoredCredential dueForATest() {
        return new StoredCredential(id, method, provider, status, generation, data, true);
    }

    public String path() {
        return "/internal/connections/" + id + "/credential";
    }

    public String testPath() {
        return "/internal/connections/" + id + "/test-if-due";
    }

    public String statusPath() {
        return "/internal/connections/" + id + "/status";
    }

    /** Alice's; anyone else's look-up finds nothing. */
    public MappingBuilder read() {
        return readAt("null");
    }

    /** With the address of its server as the registry shows it. */
    public MappingBuilder readShowing(String serverUrl) {
        return readAt("\"" + serverUrl + "\"");
    }

    private MappingBuilder readAt(String serverUrl) {
        return get(path())
                .withHeader("X-On-Behalf-Of", equalTo(Suite.ALICE.toString()))
                .willReturn(jsonResponse(
                        """
                        {"success":true,"data":{"id":"%s","name":"Mine","connection_method":"%s","provider":"%s",
                        "status":"%s","status_reason":null,"version":7,"credential_generation":%d,"expires_at":null,
                        "envelope":%s,"mcp_server_url":%s,"metadata":{},"test_due":%s}}""".formatted(
                                id, method, provider, status, generation, Suite.envelope(data), serverUrl, testDue),
                        200));
    }

    public StoredCredential store() {
        Suite.peers().register(read());
        return this;
    }

    /** Found in this state of the scenario only. */
    public StoredCredential storeIn(String scenario, String state) {
        Suite.peers().register(read().inScenario(scenario).whenScenarioStateIs(state));
        return this;
    }
}

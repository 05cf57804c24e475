package io.flowmaestro.connections.registry.proof;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.flowmaestro.connections.registry.Registry;
import io.flowmaestro.connections.testing.Peers;
import java.io.IOException;
import java.util.UUID;

/** Peers and a provider that work for everybody but the unlucky users. */
final class ScriptedPeers {

    private static final String OK = "{\"success\": true, \"data\": %s}";
    private static final String EACH =
            "{\"results\": [{{#each (jsonPath request.body '$.items') as |item|}}{\"envelope\": " + Registry.ENVELOPE
                    + ", \"rewrapped\": true}{{#unless @last}},{{/unless}}{{/each}}]}";

    private ScriptedPeers() {}

    static void start() throws IOException {
        Registry.peersThatWork();
        on(post(urlPathMatching("/internal/mcp/connections/.+/discover")), json(Registry.DISCOVERED));
        on(
                post(urlPathMatching("/internal/(import|rewrap)/batch")),
                json(OK.formatted(EACH)).withTransformers("response-template"));
        on(post(urlPathMatching("/internal/connections/.+/credential-for-test")), json(OK.formatted("""
                {"type": "api_key", "api_key": "sk-canary-1", "expires_at": null, "credential_version": 1,
                 "apply": {"headers": {}}}""")));
        on(get(urlPathEqualTo("/internal/oauth/clients")), json(OK.formatted("{\"configured\": [\"github\"]}")));
        on(delete(urlPathMatching("/internal/users/.+")), json(OK.formatted("{\"receipt\": \"r\"}")));
        on(post(urlPathMatching("/hook/.*")), aResponse().withStatus(204));
        on(get(urlPathMatching("/fuzzed/.*")), json("{\"id\": 7, \"login\": \"somebody\"}"));
        unlucky(
                People.PEERS_AWAY,
                aResponse().withStatus(503).withBody("{\"status\": 503, \"code\": \"vault-unavailable\"}"));
        unlucky(
                People.PEERS_TALK_NONSENSE,
                aResponse().withHeader("Content-Type", "application/json").withBody("[{\"data\": 1}"));
        unlucky(People.PEERS_HANG_UP, aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));
        Registry.provider("fuzzed", """
                key: fuzzed
                name: Fuzzed
                category: developer
                methods:
                  api_key:
                    base: %s/fuzzed
                    header: {Authorization: "Bearer {key}"}
                    verify: {method: GET, path: /me, expect: 200}
                    account: {id: id, name: login}
                """.formatted(Peers.url()));
    }

    private static void unlucky(UUID user, ResponseDefinitionBuilder answer) {
        on(any(anyUrl()).atPriority(1).withHeader("X-On-Behalf-Of", equalTo(user.toString())), answer);
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    private static void on(MappingBuilder request, ResponseDefinitionBuilder answer) {
        Registry.peers().register(request.willReturn(answer));
    }
}

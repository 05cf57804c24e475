package io.flowmaestro.connections.testing;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An issuer of real tokens, and one scriptable server that stands for every peer and upstream. */
public class PeersResource implements QuarkusTestResourceLifecycleManager {

    private @Nullable Issuer issuer;
    private @Nullable WireMockServer peers;

    @Override
    public Map<String, String> start() {
        try {
            issuer = Issuer.start();
        } catch (IOException failure) {
            throw new IllegalStateException("the issuer did not start", failure);
        }
        peers = new WireMockServer(WireMockConfiguration.options()
                .bindAddress("127.0.0.1")
                .dynamicPort()
                .containerThreads(100));
        peers.start();
        System.setProperty(Peers.PORT, Integer.toString(peers.port()));
        String url = "http://127.0.0.1:" + peers.port();
        return Map.of(
                "CONNECTIONS_ISSUER", issuer.url(),
                "CONNECTIONS_SERVICE_SECRET", "service-secret",
                "CONNECTIONS_PUBLIC_URL", "http://localhost:8080",
                "CONNECTIONS_REGISTRY_URL", url,
                "CONNECTIONS_VAULT_URL", url,
                "CONNECTIONS_BROKER_URL", url,
                "CONNECTIONS_GATEWAY_URL", url);
    }

    @Override
    public void stop() {
        if (peers != null) {
            peers.stop();
        }
        if (issuer != null) {
            issuer.stop();
        }
    }
}

package io.flowmaestro.connections.local.frontdoor;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoutesTest {
    private static final Upstream REGISTRY = new Upstream("registry", "127.0.0.1", 1);
    private static final Upstream BROKER = new Upstream("broker", "127.0.0.1", 3);
    private static final Upstream GATEWAY = new Upstream("gateway", "127.0.0.1", 4);
    private final Routes routes = new Routes(REGISTRY, BROKER, GATEWAY);

    @Nested
    class Routing {
        @ParameterizedTest
        @CsvSource({
            "/api/connections, registry",
            "/api/connections/1, registry",
            "/api/connections/mcp/discover, gateway",
            "/api/connections/mcpx, registry",
            "/api/providers/github, registry",
            "/api/webhooks, registry",
            "/api/users/1, registry",
            "/api/oauth/demo/callback, broker",
            "/api/credentials/1, broker",
            "/api/mcp/1/call, gateway",
            "/api/mcp/1/tools/a%2Fb, gateway",
            "/mcp, gateway",
            "/mcp/1, gateway",
            "/.well-known/oauth-protected-resource/mcp, gateway",
            "/, registry",
            "/assets/index.js, registry",
            "/connect, registry",
            "/questions, registry"
        })
        void sendsAPathToTheServiceThatOwnsIt(String path, String service) {
            assertThat(route(path)).isEqualTo(new Route.To(named(service)));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/internal",
                    "/internal/decrypt",
                    "//internal/decrypt",
                    "/./internal",
                    "/internal;a=b/decrypt",
                    "/;/internal",
                    "/%69nternal/decrypt",
                    "/%2e%2e/internal",
                    "/internal%2Fdecrypt",
                    "/%2Finternal",
                    "/x%2f..%2finternal",
                    "/x%5c..%5cinternal",
                    "/api/../internal/decrypt",
                    "/api/connections/../../internal/decrypt",
                    "/api/connections/%2e%2E/%2e./internal",
                    "/api/connections/..;/..;/internal",
                    "/api/connections/..%2f..%2f..%2finternal",
                    "/mcp/..%2finternal",
                    "/assets/..%2fq/metrics",
                    "/q",
                    "/q/health",
                    "/api/../q/metrics",
                    "/api",
                    "/api/",
                    "/api/unknown",
                    "/api/connectionsx"
                })
        void refusesWhatIsNotForThePublicHoweverItIsSpelled(String path) {
            assertThat(route(path)).isEqualTo(new Route.Nowhere());
        }
    }

    @Test
    void refusesAnEncodedSlashThatWouldLeadToAnotherService() {
        assertThat(route("/api/connections%2Fmcp/discover")).isEqualTo(new Route.Nowhere());
    }

    private Route route(String path) {
        return routes.route(RequestPath.of(path).orElseThrow());
    }

    private static Upstream named(String name) {
        return switch (name) {
            case "registry" -> REGISTRY;
            case "broker" -> BROKER;
            default -> GATEWAY;
        };
    }
}

package io.flowmaestro.connections.registry.page;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Optional;

/** {@code GET /ui/config.json}: what the page needs before anybody is signed in. Nothing in it is secret. */
@ApplicationScoped
class UiSettings {

    private final String body;

    UiSettings(UiConfig config) {
        body = new JsonObject()
                .put("issuer", config.issuer().toString())
                .put("client_id", config.clientId())
                .put("scope", config.scope())
                .put("public_url", publicUrl(config).orElse(null))
                .put("embed_origins", new JsonArray(config.origins().orElse(List.of())))
                .encode();
    }

    void install(@Observes Router router) {
        router.route(HttpMethod.GET, "/ui/config.json")
                .handler(context -> context.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-cache")
                        .end(body));
    }

    private static Optional<String> publicUrl(UiConfig config) {
        return config.publicUrl().map(url -> url.replaceFirst("/+$", ""));
    }
}

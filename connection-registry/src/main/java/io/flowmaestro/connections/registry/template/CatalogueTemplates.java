package io.flowmaestro.connections.registry.template;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.catalog.McpMethod;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.provider.Providers;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Locale;

/** Templates that come with the catalogue: one for each way to connect each provider, with its defaults. */
@ApplicationScoped
class CatalogueTemplates {

    private final Providers providers;

    CatalogueTemplates(Providers providers) {
        this.providers = providers;
    }

    List<Template> all() {
        return providers.all().stream()
                .flatMap(provider -> provider.methods().names().stream()
                        .map(method -> template(provider, ConnectionMethod.of(method))))
                .toList();
    }

    private static Template template(Provider provider, ConnectionMethod method) {
        TemplateItem item = new TemplateItem(provider.name(), method, provider.key(), config(provider, method));
        return new Template(
                provider.key() + ":" + method.wire(),
                provider.name() + " (" + label(method) + ")",
                "catalogue",
                List.of(item),
                null);
    }

    private static ObjectNode config(Provider provider, ConnectionMethod method) {
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        provider.methods().extraFields(method.wire()).stream()
                .filter(field -> !field.secret() && field.defaultValue() != null)
                .forEach(field -> config.put(field.name(), field.defaultValue()));
        McpMethod mcp = provider.methods().mcp();
        if (method == ConnectionMethod.MCP && mcp != null) {
            config.put("server_url", mcp.serverUrl());
            config.put("auth_type", mcp.authType().name().toLowerCase(Locale.ROOT));
        }
        return config;
    }

    private static String label(ConnectionMethod method) {
        return switch (method) {
            case API_KEY -> "API key";
            case OAUTH2 -> "OAuth";
            case MCP -> "MCP";
            case BASIC_AUTH -> "user name and password";
            case CUSTOM -> "custom headers";
        };
    }
}

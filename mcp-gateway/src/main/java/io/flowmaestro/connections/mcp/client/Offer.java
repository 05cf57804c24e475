package io.flowmaestro.connections.mcp.client;

import io.flowmaestro.connections.mcp.core.ServerFacts;
import java.util.Optional;
import java.util.stream.Stream;

/** What servers list. */
public enum Offer {
    TOOLS("tools", "tools/list", "tools", "name"),
    PROMPTS("prompts", "prompts/list", "prompts", "name"),
    RESOURCES("resources", "resources/list", "resources", "uri"),
    RESOURCE_TEMPLATES("resources", "resources/templates/list", "resourceTemplates", "uriTemplate");

    private final String capability;
    private final String method;
    private final String list;
    private final String key;

    Offer(String capability, String method, String list, String key) {
        this.capability = capability;
        this.method = method;
        this.list = list;
        this.key = key;
    }

    static Optional<Offer> listedBy(String method) {
        return Stream.of(values()).filter(offer -> offer.method.equals(method)).findFirst();
    }

    boolean isMadeBy(ServerFacts facts) {
        return facts.capabilities().has(capability);
    }

    String method() {
        return method;
    }

    /** The member of a result that holds them. */
    String list() {
        return list;
    }

    /** The field that tells one from the others. */
    String key() {
        return key;
    }
}

package io.flowmaestro.connections.emulator;

import java.util.Map;
import java.util.Optional;

/** How an access token is sent to the API. */
final class ApiAuth {

    private ApiAuth() {}

    static Map<String, String> templates(Facts facts) {
        return facts.method.apiAuthHeader().isEmpty()
                ? Map.of("Authorization", facts.method.apiAuth())
                : facts.method.apiAuthHeader();
    }

    /** The token in a header that is written as the template says. */
    static Optional<String> token(Exchange exchange, Facts facts) {
        for (var template : templates(facts).entrySet()) {
            int at = template.getValue().indexOf("{access_token}");
            String header = exchange.header(template.getKey());
            if (at >= 0
                    && header != null
                    && header.startsWith(template.getValue().substring(0, at))) {
                return Optional.of(header.substring(at));
            }
        }
        return Optional.empty();
    }

    /** Headers besides the token, such as the client's id. */
    static void others(Exchange exchange, Facts facts, Complaints complaints) {
        templates(facts).forEach((name, template) -> {
            if (!template.contains("{access_token}")) {
                complaints.same("api " + name, facts.fill(template), exchange.header(name));
            }
        });
    }
}

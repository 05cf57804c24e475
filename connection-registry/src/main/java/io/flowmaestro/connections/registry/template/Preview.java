package io.flowmaestro.connections.registry.template;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.connection.Connection;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What will become of an item, or has become of it.
 *
 * @param action {@code create}, or {@code authorize} where the user has to go to the provider
 * @param missing fields of {@code values} that are still needed
 * @param violations what else is wrong
 * @param connection the one that was made
 * @param error why none was made, and what to do
 */
record Preview(
        String name,
        ConnectionMethod connectionMethod,
        String provider,
        ObjectNode config,
        String action,
        List<String> missing,
        List<Violation> violations,
        @Nullable Connection connection,
        @Nullable String error) {

    static final String CREATE = "create";

    private static final String DATA = "data.";

    static Preview of(TemplateItem item, List<Violation> found) {
        boolean authorize = item.connectionMethod() == ConnectionMethod.OAUTH2;
        List<Violation> violations = authorize
                ? found.stream()
                        .filter(violation -> !violation.field().startsWith("data"))
                        .toList()
                : found;
        return new Preview(
                item.name(),
                item.connectionMethod(),
                item.provider(),
                item.config(),
                authorize ? "authorize" : CREATE,
                violations.stream()
                        .filter(Preview::isMissing)
                        .map(violation -> violation.field().substring(DATA.length()))
                        .toList(),
                violations.stream().filter(violation -> !isMissing(violation)).toList(),
                null,
                null);
    }

    private static boolean isMissing(Violation violation) {
        return violation.field().startsWith(DATA) && violation.message().equals("is required");
    }

    boolean isCreated() {
        return action.equals(CREATE);
    }

    Preview made(Connection made) {
        return new Preview(name, connectionMethod, provider, config, action, missing, violations, made, null);
    }

    Preview failed(String detail) {
        return new Preview(name, connectionMethod, provider, config, action, missing, violations, null, detail);
    }
}

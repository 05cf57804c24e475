package io.flowmaestro.connections.registry.provider;

import io.flowmaestro.connections.catalog.Category;
import io.flowmaestro.connections.catalog.Provider;
import io.flowmaestro.connections.http.Violation;
import io.flowmaestro.connections.registry.data.ConnectionMethod;
import io.flowmaestro.connections.registry.data.TextRule;
import io.flowmaestro.connections.registry.problem.RegistryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the public list is narrowed to; absent parts match everything. */
record ProviderFilter(
        @Nullable Category category,
        @Nullable ConnectionMethod method,
        @Nullable String q) {

    private static final TextRule SEARCH = TextRule.text(200);

    /**
     * Reads the parameters of a list.
     *
     * @throws io.flowmaestro.connections.http.ProblemException naming each parameter that is none
     */
    static ProviderFilter read(@Nullable String category, @Nullable String method, @Nullable String q) {
        List<Violation> violations = new ArrayList<>();
        Category wanted = category == null ? null : Category.find(category).orElse(null);
        if (category != null && wanted == null) {
            violations.add(new Violation("category", "must be one of: " + Category.ALLOWED));
        }
        ConnectionMethod offered =
                method == null ? null : ConnectionMethod.find(method).orElse(null);
        if (method != null && offered == null) {
            violations.add(new Violation("method", "must be one of: " + ConnectionMethod.ALLOWED));
        }
        String search = q == null || q.isBlank() ? null : q;
        if (search != null) {
            SEARCH.refuse(search).ifPresent(message -> violations.add(new Violation("q", message)));
        }
        if (!violations.isEmpty()) {
            throw RegistryProblem.invalid(violations);
        }
        return new ProviderFilter(wanted, offered, search == null ? null : fold(search.strip()));
    }

    boolean matches(Provider provider) {
        return (category == null || category == provider.category())
                && (method == null || provider.methods().names().contains(method.wire()))
                && (q == null
                        || fold(provider.name()).contains(q)
                        || provider.key().contains(q)
                        || provider.category().wire().contains(q));
    }

    private static String fold(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}

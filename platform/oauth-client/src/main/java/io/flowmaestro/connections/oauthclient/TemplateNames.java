package io.flowmaestro.connections.oauthclient;

import io.flowmaestro.connections.catalog.OAuth2Method;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The names in braces of requests that come after the flow: a connection keeps their values. */
final class TemplateNames {

    private static final Set<String> SECRETS =
            Set.of("access_token", "refresh_token", "refresh_or_access", "client_secret");

    private TemplateNames() {}

    static Set<String> kept(OAuth2Method facts) {
        Set<String> kept = new TreeSet<>();
        var revoke = facts.revoke();
        if (revoke != null) {
            add(kept, revoke.url(), revoke.body());
            add(kept, revoke.json());
            add(kept, revoke.headers());
            // The client is at hand whenever tokens are revoked.
            kept.remove("client_id");
        }
        var account = facts.account();
        if (account != null) {
            add(kept, account.url());
            add(kept, account.headers());
            kept.addAll(account.learn().keySet());
        }
        add(kept, facts.token(), facts.refreshUrl(), facts.apiBase(), facts.apiAuth());
        add(kept, facts.apiAuthHeader());
        kept.removeAll(SECRETS);
        return kept;
    }

    private static void add(Set<String> kept, @Nullable String... templates) {
        Stream.of(templates).forEach(template -> {
            if (template != null) {
                kept.addAll(UrlTemplate.names(template));
            }
        });
    }

    private static void add(Set<String> kept, Map<String, String> templates) {
        templates.values().forEach(template -> add(kept, template));
    }
}

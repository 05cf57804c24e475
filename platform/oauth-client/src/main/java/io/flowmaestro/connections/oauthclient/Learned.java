package io.flowmaestro.connections.oauthclient;

import com.fasterxml.jackson.databind.JsonNode;
import io.flowmaestro.connections.verification.FactPath;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a connection keeps of a provider's answers. A value that could not be used as its facts say is not kept. */
final class Learned {

    /** The connection's own base URL, which wins over the catalogue's wherever a credential is applied. */
    static final String BASE_URL = "base_url";

    private static final Pattern VALUE = Pattern.compile("[\\x21-\\x7e]{1,512}");
    private static final Pattern HOST = Pattern.compile("([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\\.)+[A-Za-z]{2,63}");

    private Learned() {}

    /** The variables of the settings, and those that a token answer tells. */
    static Map<String, String> ofToken(OAuthSettings settings, JsonNode answer) {
        Map<String, String> learned = new TreeMap<>();
        settings.variables().forEach((name, value) -> {
            if (settings.kept().contains(name)) {
                learned.put(name, value);
            }
        });
        var rules = settings.tokenResponse();
        String base = text(rules.apiBase(), answer);
        if (rules.apiBase() != null && base != null && UrlTemplate.isHttps(base)) {
            learned.put(rules.apiBase().expression(), base);
            learned.put(BASE_URL, base);
        }
        String host = text(rules.apiHost(), answer);
        if (rules.apiHost() != null && host != null && HOST.matcher(host).matches()) {
            learned.put(rules.apiHost().expression(), host);
        }
        String account = text(rules.accountId(), answer);
        if (rules.accountId() != null
                && account != null
                && settings.kept().contains(rules.accountId().expression())) {
            learned.put(rules.accountId().expression(), account);
        }
        return learned;
    }

    static Map<String, String> ofAccount(AccountRules rules, JsonNode answer) {
        Map<String, String> learned = new TreeMap<>();
        String base = text(rules.apiBase(), answer);
        if (base != null && UrlTemplate.isHttps(base)) {
            learned.put(BASE_URL, base);
        }
        rules.learn().forEach((name, path) -> {
            String value = text(path, answer);
            if (value != null) {
                learned.put(name, value);
            }
        });
        return learned;
    }

    private static @Nullable String text(@Nullable FactPath path, JsonNode answer) {
        String text = path == null ? null : path.text(answer);
        return text != null && VALUE.matcher(text).matches() ? text : null;
    }
}

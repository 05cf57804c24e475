package io.flowmaestro.connections.registry.data;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

/** What an address of the user's own must look like. Whether it may be called is decided where it is called. */
public final class UrlRule {

    public static final TextRule HTTP = rule("http", "https");
    public static final TextRule MCP = rule("http", "https", "ws", "wss");

    private UrlRule() {}

    private static TextRule rule(String... schemes) {
        List<String> allowed = List.of(schemes);
        return new TextRule(
                2048,
                false,
                text -> isUrl(text, allowed),
                "must be an absolute URL with a host (%s), without user name, password and fragment"
                        .formatted(String.join(", ", allowed)));
    }

    private static boolean isUrl(String text, List<String> schemes) {
        try {
            URI url = new URI(text);
            return url.getScheme() != null
                    && schemes.contains(url.getScheme().toLowerCase(java.util.Locale.ROOT))
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawFragment() == null
                    && url.getPort() <= 65_535;
        } catch (URISyntaxException notAUrl) {
            return false;
        }
    }
}

package io.flowmaestro.connections.production;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds where secrets would cross the network in the clear: peers are https, and the database is verified, unless a service mesh
 * encrypts what services and database say to each other.
 */
final class WireCheck {

    /** Other replicas are peers, too: they are sent the callers' tokens. */
    private static final Pattern PEER =
            Pattern.compile("quarkus\\.rest-client\\..+\\.url|connections\\.mcp\\.replica\\.url");

    private static final Pattern DATABASE =
            Pattern.compile("quarkus\\.datasource\\.(.+\\.)?reactive\\.url|connections\\.changes\\.database-url");
    private static final Pattern VERIFIED = Pattern.compile("[?&]sslmode=verify-full(&|$)");
    private static final String MODE = ".postgresql.ssl-mode";
    private static final String REACTIVE_URL = "reactive.url";
    private static final String UNLESS_MESH =
            ", unless a service mesh encrypts this traffic; then set CONNECTIONS_MESH=true.";

    private WireCheck() {}

    /** Whether it looks at a key. */
    static boolean reads(String key) {
        return PEER.matcher(key).matches() || DATABASE.matcher(key).matches() || key.endsWith(MODE);
    }

    /**
     * A sentence for each setting; no address, since one may hold a password.
     *
     * @param settings values by key
     * @param name what the operator calls the setting of a key
     */
    static List<String> complaints(Map<String, String> settings, UnaryOperator<String> name) {
        return settings.entrySet().stream()
                .flatMap(setting -> {
                    var key = setting.getKey();
                    if (PEER.matcher(key).matches() && !setting.getValue().startsWith("https://")) {
                        return Stream.of(name.apply(key) + " must be an https URL" + UNLESS_MESH);
                    }
                    boolean verified = VERIFIED.matcher(setting.getValue()).find()
                            || "verify-full".equals(settings.get(mode(key)));
                    return DATABASE.matcher(key).matches() && !verified
                            ? Stream.of(name.apply(key) + " must have sslmode=verify-full" + UNLESS_MESH)
                            : Stream.of();
                })
                .sorted()
                .distinct()
                .toList();
    }

    private static String mode(String url) {
        return url.endsWith(REACTIVE_URL) ? url.substring(0, url.length() - ".url".length()) + MODE : "";
    }
}

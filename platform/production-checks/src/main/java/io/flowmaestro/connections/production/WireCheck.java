package io.flowmaestro.connections.production;

import io.quarkus.runtime.LaunchMode;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Refuses to start where secrets would cross the network in the clear: peers are https, and the database is verified, unless
 * a service mesh encrypts what services and database say to each other.
 */
@ApplicationScoped
class WireCheck {

    private static final Pattern PEER = Pattern.compile("quarkus\\.rest-client\\..+\\.url");
    private static final Pattern DATABASE =
            Pattern.compile("quarkus\\.datasource\\.(.+\\.)?reactive\\.url|connections\\.changes\\.database-url");
    private static final Pattern VERIFIED = Pattern.compile("[?&]sslmode=verify-full(&|$)");
    private static final String REACTIVE_URL = "reactive.url";

    private final Config config;
    private final boolean mesh;

    WireCheck(Config config, @ConfigProperty(name = "connections.mesh", defaultValue = "false") boolean mesh) {
        this.config = config;
        this.mesh = mesh;
    }

    void check(@Observes @Priority(1) StartupEvent start) {
        boolean production = LaunchMode.current() == LaunchMode.NORMAL && !ConfigUtils.isProfileActive("local");
        if (production && !mesh) {
            var inTheClear = inTheClear(settings());
            if (!inTheClear.isEmpty()) {
                throw new IllegalStateException(String.join(" ", inTheClear)
                        + " Set CONNECTIONS_MESH=true only where a service mesh encrypts this traffic.");
            }
        }
    }

    private Map<String, String> settings() {
        var settings = new TreeMap<String, String>();
        StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(name -> PEER.matcher(name).matches()
                        || DATABASE.matcher(name).matches()
                        || name.endsWith(".postgresql.ssl-mode"))
                .forEach(name ->
                        config.getOptionalValue(name, String.class).ifPresent(value -> settings.put(name, value)));
        return settings;
    }

    /** What is wrong, a sentence for each; no address, since one may hold a password. */
    static List<String> inTheClear(Map<String, String> settings) {
        return settings.entrySet().stream()
                .flatMap(setting -> {
                    var name = setting.getKey();
                    if (PEER.matcher(name).matches() && !setting.getValue().startsWith("https://")) {
                        return Stream.of(name + " must be an https URL.");
                    }
                    boolean verified = VERIFIED.matcher(setting.getValue()).find()
                            || "verify-full".equals(settings.get(mode(name)));
                    return DATABASE.matcher(name).matches() && !verified
                            ? Stream.of(name + " must have sslmode=verify-full.")
                            : Stream.of();
                })
                .sorted()
                .toList();
    }

    private static String mode(String url) {
        return url.endsWith(REACTIVE_URL)
                ? url.substring(0, url.length() - "url".length()) + "postgresql.ssl-mode"
                : "";
    }
}
